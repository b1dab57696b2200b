using System.Security.Cryptography;
using System.Text;

namespace Billing.Testing;

/// <summary>Object mother: valid things, of which a test says only what it is about.</summary>
public static class Some
{
    /// <summary>A stored-ready record whose key and fingerprint derive from <paramref name="key"/> and <paramref name="content"/>.</summary>
    public static BillingRecord Record(
        string key = "1",
        string? content = null,
        decimal amount = 12.50m,
        string currency = "USD",
        decimal? reportingAmount = null,
        ExchangeRate? rate = null,
        DateOnly? date = null,
        DateTimeOffset? instant = null,
        string? party = "Acme",
        string? account = null,
        string? description = "Flour",
        string? category = null,
        string? scope = null,
        string? sourceId = null,
        RecordAttributes? attributes = null,
        string source = "june.csv",
        long line = 2,
        string runId = "run-1",
        IReadOnlyList<string>? flags = null,
        IReadOnlyList<string>? alerts = null,
        RecordKey? exactKey = null) => new()
        {
            Key = exactKey ?? Key(key),
            Fingerprint = new Fingerprint(SHA256.HashData(Encoding.UTF8.GetBytes("content " + (content ?? key)))),
            Scope = scope,
            SourceId = sourceId,
            Date = date ?? new DateOnly(2025, 6, 17),
            Instant = instant,
            Party = party,
            Account = account,
            Description = description,
            Amount = new Money(amount, Currency.Parse(currency)),
            ReportingAmount = new Money(reportingAmount ?? amount, Currency.Usd),
            ExchangeRate = rate,
            Attributes = attributes ?? RecordAttributes.Empty,
            Source = new RecordSource(source, line, line * 100),
            RunId = runId,
            Category = category,
            CategoryRule = category is null ? null : "rule of " + category,
            Flags = flags ?? [],
            Alerts = alerts ?? [],
        };

    /// <summary>The key that <see cref="Record"/> gives for that name.</summary>
    public static RecordKey Key(string key) => new(SHA256.HashData(Encoding.UTF8.GetBytes("key " + key)));

    /// <summary>A quarantined row.</summary>
    public static QuarantinedRecord Quarantined(
        string key = "q1",
        string raw = "7,Acme,ABC,12.50",
        string reason = QuarantineReason.UnknownCurrency,
        string source = "june.csv",
        long line = 8,
        string runId = "run-1",
        decimal? amount = 12.50m,
        string? currencyCode = "ABC") => new()
        {
            Key = Key(key),
            RunId = runId,
            Source = new RecordSource(source, line, line * 100),
            Reason = reason,
            Detail = "Column 'currency': 'ABC' is not a currency of ISO 4217.",
            Raw = Encoding.UTF8.GetBytes(raw),
            RawLength = Encoding.UTF8.GetByteCount(raw),
            Format = SourceFormat.Csv,
            Header = "id,company_name,currency,bill_amount",
            Separator = ',',
            Amount = amount,
            CurrencyCode = currencyCode,
        };

    /// <summary>A run's report.</summary>
    public static IngestReport Report(string runId = "run-1", string source = "june.csv") => new()
    {
        RunId = runId,
        Source = source,
        StartedAt = new DateTimeOffset(2025, 6, 30, 12, 0, 0, TimeSpan.Zero),
        ReportingCurrency = "USD",
    };

    /// <summary>A new empty folder for one test; deleted by the caller or left to the system.</summary>
    public static string Folder() => Directory.CreateTempSubdirectory("billing-test-").FullName;
}
