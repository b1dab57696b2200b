using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Billing.Core.Tests.Keys;
using Billing.Fingerprints;
using Billing.Keys;
using Billing.Rows;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>One entry of golden/canonical-form.v1.json or its successor: a row with what its keys need, and what must come of it for ever.</summary>
internal sealed record GoldenVector(string Name, GoldenInput Input, GoldenOutput Expected)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true, NewLine = "\n", DefaultIgnoreCondition = JsonIgnoreCondition.Never, TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } } };

    public static string FilePath(int version) => Repository.PathTo("tests", "Billing.Core.Tests", "golden", $"canonical-form.v{version}.json");

    public static GoldenVector[] Load(int version) => JsonSerializer.Deserialize<GoldenVector[]>(File.ReadAllText(FilePath(version)), Json)!;

    public static void Save(IEnumerable<GoldenVector> vectors, string path) => File.WriteAllText(path, JsonSerializer.Serialize(vectors, Json) + "\n");

    /// <summary>What comes of the input today.</summary>
    public GoldenOutput Compute(int version)
    {
        ParsedRow row = Row();
        Currency currency = SomeCurrency.Of(Input.Currency);
        FormBuffer canonical = new();
        CanonicalForm.Write(row, currency, canonical, (CanonicalVersion)version);
        using RecordFingerprinter byContent = new(RecordIdentity.Content);
        using RecordFingerprinter byColumns = new(RecordIdentity.Columns([.. Input.IdValues.Select((_, i) => $"id {i}")]));
        using RecordFingerprinter byPosition = new(RecordIdentity.Position);
        using RecordFingerprinter byCount = new(RecordIdentity.CountedColumns(byColumns.Identity.ColumnNames));
        Fingerprint fingerprint = new(SHA256.HashData(canonical.Written));
        if (version == (int)CanonicalVersion.Current)
        {
            Assert.Equal(fingerprint, byContent.Fingerprint(row, currency));
        }

        int occurrence = 0;
        int counted = 0;
        RecordKey quarantineKey = default;
        for (int i = 0; i < Input.Occurrence; i++)
        {
            occurrence = byContent.NextOccurrence(row, fingerprint, Input.Scope);
            counted = byCount.NextOccurrence(row, fingerprint, Input.Scope);
            quarantineKey = byContent.QuarantineKey(row, Input.Scope);
        }

        return new GoldenOutput(
            Convert.ToHexStringLower(canonical.Written),
            fingerprint.ToString(),
            byContent.Key(row, Input.Source, Input.Scope, fingerprint, occurrence).ToString(),
            byColumns.Key(row, Input.Source, Input.Scope, fingerprint, 1).ToString(),
            byPosition.Key(row, Input.Source, Input.Scope, fingerprint, 1).ToString(),
            quarantineKey.ToString())
        {
            CountedKey = version == 1 ? null : byCount.Key(row, Input.Source, Input.Scope, fingerprint, counted).ToString(),
        };
    }

    // What only the second form has is in no file of the first, which is frozen.
    private static void LeaveOut(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties.Where(property => property.Name is "ignored" or "countedKey"))
        {
            property.ShouldSerialize = (_, value) => value is not null;
        }
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
        Attributes = new RecordAttributes([.. Input.Attributes.Select(pair => pair[0]!)], [.. Input.Attributes.Select(pair => pair[1])], Input.Ignored ?? []),
        IdentityValues = Input.IdValues,
    };
}
