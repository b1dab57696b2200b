namespace Billing.Sinks.Sqlite;

/// <summary>Reads records back, equal to what was written.</summary>
internal static class RecordRows
{
    /// <summary>What <see cref="Read"/> reads, in its order.</summary>
    public const string Select = """
        SELECT r.key, r.fingerprint, r.occurrence, r.scope, r.source_id, r.date, r.instant, r.party, r.account, r.description,
          r.amount, r.currency, r.reporting_amount, r.reporting_currency, r.rate, r.rate_date, r.rate_source,
          r.category, r.category_rule, r.flags, r.alerts, r.attributes, s.name, r.line, r.byte_offset, n.name
        FROM records r JOIN names s ON s.id = r.source JOIN names n ON n.id = r.run
        """;

    public static BillingRecord Read(SqliteStatement row)
    {
        RecordKey key = new(row.ReadBytes());
        Fingerprint fingerprint = new(row.ReadBytes());
        int occurrence = (int)row.ReadInteger();
        string? scope = row.ReadText();
        string? sourceId = row.ReadText();
        DateOnly date = InstantText.ToDate(row.ReadRequiredText());
        DateTimeOffset? instant = row.ReadText() is { } text ? InstantText.ToInstant(text) : null;
        string? party = row.ReadText();
        string? account = row.ReadText();
        string? description = row.ReadText();
        Money amount = new(row.ReadAmount(), Currency.Parse(row.ReadRequiredText()));
        Money reporting = new(row.ReadAmount(), Currency.Parse(row.ReadRequiredText()));
        ExchangeRate? rate = ReadRate(row, amount.Currency, reporting.Currency);
        return new BillingRecord
        {
            Key = key,
            Fingerprint = fingerprint,
            Occurrence = occurrence,
            Scope = scope,
            SourceId = sourceId,
            Date = date,
            Instant = instant,
            Party = party,
            Account = account,
            Description = description,
            Amount = amount,
            ReportingAmount = reporting,
            ExchangeRate = rate,
            Category = row.ReadText(),
            CategoryRule = row.ReadText(),
            Flags = JsonText.ReadList(row.ReadBytes()),
            Alerts = JsonText.ReadList(row.ReadBytes()),
            Attributes = JsonText.ReadAttributes(row.ReadBytes()),
            Source = new RecordSource(row.ReadRequiredText(), row.ReadInteger(), row.ReadInteger()),
            RunId = row.ReadRequiredText(),
        };
    }

    private static ExchangeRate? ReadRate(SqliteStatement row, Currency @base, Currency quote)
    {
        string? value = row.ReadText();
        string? date = row.ReadText();
        string? source = row.ReadText();
        return value is null
            ? null
            : ExchangeRate.FromValueText(@base, quote, value, date is null ? null : InstantText.ToDate(date), source!);
    }
}
