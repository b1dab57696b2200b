using System.Globalization;

namespace Billing.Sinks.Sql;

/// <summary>Reads records back, equal to what was written.</summary>
internal static class RecordReader
{
    /// <summary>What <see cref="Read"/> takes. JSON comes as bytes.</summary>
    public static string Columns(SqlDialect dialect) => string.Join(
        ", ",
        "key_hash, fingerprint, occurrence, scope, source_id, date, instant, party, account, description",
        dialect.SelectAmount("amount"),
        "currency",
        dialect.SelectAmount("reporting_amount"),
        "reporting_currency, rate, rate_date, rate_source, category, category_rule",
        dialect.SelectUtf8("flags"),
        dialect.SelectUtf8("alerts"),
        dialect.SelectUtf8("attributes"),
        "source, line, byte_offset, run_id");

    /// <summary>The record of the current row.</summary>
    public static BillingRecord Read(SqlRow row)
    {
        Money amount = new(row.Amount(10), row.Currency(11));
        Money reporting = new(row.Amount(12), row.Currency(13));
        return new BillingRecord
        {
            Key = row.Key(0),
            Fingerprint = new Fingerprint(row.Bytes(1)),
            Occurrence = (int)row.Int64(2),
            Scope = row.TextOrNull(3),
            SourceId = row.TextOrNull(4),
            Date = row.Date(5),
            Instant = row.TextOrNull(6) is { } instant ? DateTimeOffset.ParseExact(instant, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind) : null,
            Party = row.TextOrNull(7),
            Account = row.TextOrNull(8),
            Description = row.TextOrNull(9),
            Amount = amount,
            ReportingAmount = reporting,
            ExchangeRate = row.TextOrNull(14) is { } rate
                ? ExchangeRate.FromValueText(amount.Currency, reporting.Currency, rate, row.DateOrNull(15), row.Text(16))
                : null,
            Category = row.TextOrNull(17),
            CategoryRule = row.TextOrNull(18),
            Flags = JsonText.ReadTexts(row.BytesOrNone(19)),
            Alerts = JsonText.ReadTexts(row.BytesOrNone(20)),
            Attributes = JsonText.ReadAttributes(row.BytesOrNone(21)),
            Source = new RecordSource(row.Identifier(22), row.Int64(23), row.Int64(24)),
            RunId = row.Identifier(25),
        };
    }
}
