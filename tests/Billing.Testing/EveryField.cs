using Billing.Stores;

namespace Billing.Testing;

/// <summary>A record of which every field is set, and its fields as texts that lose nothing, by the list of fields.</summary>
public static class EveryField
{
    /// <summary>A record whose fields all differ from one another and from what they are by default.</summary>
    public static BillingRecord Record(string key = "every field") => new()
    {
        Key = Some.Key(key),
        Fingerprint = Some.Record(content: "content of every field").Fingerprint,
        Occurrence = 3,
        Scope = "scope \0 1",
        SourceId = "id-0012",
        Date = new DateOnly(2025, 2, 28),
        Instant = new DateTimeOffset(2025, 2, 28, 23, 59, 58, 123, 456, TimeSpan.FromMinutes(345)),
        Party = "Café 'Süd' ✓",
        Account = "account 7",
        Description = "tab\t, line\n, \\N and \"quotes\"",
        Amount = new Money(-12.500m, Currency.Parse("CAD")),
        ReportingAmount = new Money(-9.10m, Currency.Usd),
        ExchangeRate = ExchangeRate.FromValueText(Currency.Parse("CAD"), Currency.Usd, "0.7280", new DateOnly(2025, 2, 27), "table of rates"),
        Category = "supplies",
        CategoryRule = "rule of supplies",
        Flags = ["large", "weekend"],
        Alerts = ["alert"],
        Attributes = new RecordAttributes(["vat", "note", "empty"], ["2.50", null, ""], ["note"]),
        Source = new RecordSource("every-field.csv", 17, 1_234),
        RunId = "run-of-every-field",
    };

    /// <summary>The fields as texts. One that is not set is null or empty.</summary>
    public static IReadOnlyList<(string Field, string? Text)> TextsOf(BillingRecord record) =>
    [
        .. RecordTexts.Of(record).Texts,
        .. record.Attributes.Select(pair => ("attributes." + pair.Key, pair.Value is null ? "(null)" : $"'{pair.Value}'")),
        ("runId", record.RunId),
    ];
}
