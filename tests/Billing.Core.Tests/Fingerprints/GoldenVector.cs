using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Billing.Fingerprints;
using Billing.Parsing;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>One entry of golden/canonical-form.v1.json: a row with what its keys need, and what must come of it for ever.</summary>
internal sealed record GoldenVector(string Name, GoldenInput Input, GoldenOutput Expected)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true, NewLine = "\n" };

    public static string FilePath { get; } = Repository.PathTo("tests", "Billing.Core.Tests", "golden", "canonical-form.v1.json");

    public static GoldenVector[] Load() => JsonSerializer.Deserialize<GoldenVector[]>(File.ReadAllText(FilePath), Json)!;

    public static void Save(IEnumerable<GoldenVector> vectors, string path) => File.WriteAllText(path, JsonSerializer.Serialize(vectors, Json) + "\n");

    /// <summary>What comes of the input today.</summary>
    public GoldenOutput Compute()
    {
        ParsedRow row = Row();
        Currency currency = SomeCurrency.Of(Input.Currency);
        ArrayBufferWriter<byte> canonical = new();
        CanonicalForm.Write(row, currency, canonical);
        using RecordFingerprinter byContent = new(RecordIdentity.Content);
        using RecordFingerprinter byColumns = new(RecordIdentity.Columns([.. Input.IdValues.Select((_, i) => $"id {i}")]));
        using RecordFingerprinter byPosition = new(RecordIdentity.Position);
        Fingerprint fingerprint = byContent.Fingerprint(row, currency);
        int occurrence = 0;
        RecordKey quarantineKey = default;
        for (int i = 0; i < Input.Occurrence; i++)
        {
            occurrence = byContent.NextOccurrence(fingerprint, Input.Scope);
            quarantineKey = byContent.QuarantineKey(row, Input.Scope);
        }

        return new GoldenOutput(
            Convert.ToHexStringLower(canonical.WrittenSpan),
            fingerprint.ToString(),
            byContent.Key(row, Input.Source, Input.Scope, fingerprint, occurrence).ToString(),
            byColumns.Key(row, Input.Source, Input.Scope, fingerprint, 1).ToString(),
            byPosition.Key(row, Input.Source, Input.Scope, fingerprint, 1).ToString(),
            quarantineKey.ToString());
    }

    private ParsedRow Row() => new()
    {
        Line = 2,
        ByteOffset = Input.Offset,
        Raw = Convert.FromHexString(Input.Raw),
        RawLength = Input.RawLength,
        Date = DateOnly.ParseExact(Input.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        Instant = Input.Instant is null ? null : DateTimeOffset.Parse(Input.Instant, CultureInfo.InvariantCulture),
        Amount = decimal.Parse(Input.Amount, NumberStyles.Float, CultureInfo.InvariantCulture),
        CurrencyCode = Input.Currency,
        SourceId = Input.Id,
        Party = Input.Party,
        Account = Input.Account,
        Description = Input.Description,
        Attributes = new RecordAttributes([.. Input.Attributes.Select(pair => pair[0]!)], [.. Input.Attributes.Select(pair => pair[1])]),
        IdentityValues = Input.IdValues,
    };
}
