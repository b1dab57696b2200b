using System.Globalization;

namespace Billing.Sinks.Aurora;

/// <summary>Reads records back, equal to what was written.</summary>
internal static class RecordReader
{
    /// <summary>What <see cref="Read"/> takes. JSON comes as bytes.</summary>
    public const string Columns =
        "key_hash, fingerprint, occurrence, scope, source_id, date, instant, "
        + "party, account, description, "
        + "CAST(amount AS CHAR), amount_scale, currency, CAST(reporting_amount AS CHAR), reporting_amount_scale, reporting_currency, "
        + "rate, rate_date, rate_source, category, category_rule, "
        + "CAST(flags AS BINARY), CAST(alerts AS BINARY), CAST(attributes AS BINARY), source, line, byte_offset, run_id";

    /// <summary>The record of the current row.</summary>
    public static BillingRecord Read(AuroraRow row)
    {
        Money amount = new(row.Amount(10, 11), CurrencyOf(row.Text(12)));
        Money reporting = new(row.Amount(13, 14), CurrencyOf(row.Text(15)));
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
            ExchangeRate = row.TextOrNull(16) is { } rate
                ? ExchangeRate.FromValueText(amount.Currency, reporting.Currency, rate, row.DateOrNull(17), row.Text(18))
                : null,
            Category = row.TextOrNull(19),
            CategoryRule = row.TextOrNull(20),
            Flags = row.IsNull(21) ? [] : JsonText.ReadTexts(row.Bytes(21)),
            Alerts = row.IsNull(22) ? [] : JsonText.ReadTexts(row.Bytes(22)),
            Attributes = row.IsNull(23) ? RecordAttributes.Empty : JsonText.ReadAttributes(row.Bytes(23)),
            Source = new RecordSource(row.Utf8(24), row.Int64(25), row.Int64(26)),
            RunId = row.Utf8(27),
        };
    }

    private static Currency CurrencyOf(string code) => Currency.TryParse(code, out Currency? currency)
        ? currency
        : throw new BillingException($"The store holds the currency '{code}', which this version does not know. Use the version of Billing that wrote it.");
}
