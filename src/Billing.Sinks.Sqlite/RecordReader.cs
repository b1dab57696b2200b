using System.Globalization;
using System.Text;

namespace Billing.Sinks.Sqlite;

/// <summary>Reads records back, equal to what was written.</summary>
internal static class RecordReader
{
    /// <summary>What <see cref="Read"/> takes, of <c>records AS r</c> and <c>origins AS o</c>.</summary>
    public const string Columns =
        "r.key, r.fingerprint, r.occurrence, o.scope, r.source_id, r.date, r.instant, r.party, r.account, r.description, "
        + "r.amount, r.currency, r.reporting_amount, r.reporting_currency, r.rate, r.rate_date, r.rate_source, "
        + "r.attributes, o.source, r.line, r.byte_offset, o.run_id, r.category, r.category_rule, r.flags, r.alerts";

    private static Money MoneyOf(SqliteStatement row, int column) => new(row.Decimal(column), CurrencyOf(row.Bytes(column + 1)));

    /// <summary>The record of the current row.</summary>
    public static BillingRecord Read(SqliteStatement row)
    {
        Money amount = MoneyOf(row, 10);
        Money reporting = MoneyOf(row, 12);
        return new BillingRecord
        {
            Key = row.Key(0),
            Fingerprint = new Fingerprint(row.Bytes(1)),
            Occurrence = row.Int32(2),
            Scope = row.TextOrNull(3),
            SourceId = row.TextOrNull(4),
            Date = DateOf(row.Text(5)),
            Instant = row.TextOrNull(6) is { } instant ? DateTimeOffset.ParseExact(instant, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null,
            Party = row.TextOrNull(7),
            Account = row.TextOrNull(8),
            Description = row.TextOrNull(9),
            Amount = amount,
            ReportingAmount = reporting,
            ExchangeRate = row.TextOrNull(14) is { } rate
                ? ExchangeRate.FromValueText(amount.Currency, reporting.Currency, rate, row.TextOrNull(15) is { } date ? DateOf(date) : null, row.Text(16))
                : null,
            Attributes = JsonText.ReadAttributes(row.Bytes(17)),
            Source = new RecordSource(row.Text(18), row.Int64(19), row.Int64(20)),
            RunId = row.Text(21),
            Category = row.TextOrNull(22),
            CategoryRule = row.TextOrNull(23),
            Flags = JsonText.ReadTexts(row.Bytes(24)),
            Alerts = JsonText.ReadTexts(row.Bytes(25)),
        };
    }

    private static DateOnly DateOf(string text) => DateOnly.ParseExact(text, "O", CultureInfo.InvariantCulture);

    public static Currency CurrencyOf(ReadOnlySpan<byte> code)
    {
        Span<char> text = stackalloc char[8];
        return code.Length <= text.Length && Currency.TryParse(text[..Encoding.UTF8.GetChars(code, text)], out Currency? currency)
            ? currency
            : throw new BillingException($"The store holds the currency '{Encoding.UTF8.GetString(code)}', which this version does not know. Use the version of Billing that wrote it.");
    }
}
