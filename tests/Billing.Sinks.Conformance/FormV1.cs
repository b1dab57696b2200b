using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Sinks.Conformance;

/// <summary>Fingerprints and keys as versions with canonical form v1 computed them, written from docs/canonical-form.md, for records in plain ASCII.</summary>
internal static class FormV1
{
    /// <summary>Returns the records as such a version stored them: each with its occurrence among equal records of its delivery.</summary>
    public static BillingRecord[] Of(IEnumerable<BillingRecord> delivery) => Numbered(delivery, record => SHA256.HashData(Encoding.ASCII.GetBytes(Text(record))));

    /// <summary>Returns the same delivery as this version reads it.</summary>
    public static BillingRecord[] Today(IEnumerable<BillingRecord> delivery) => Numbered(delivery, record => SHA256.HashData(BillingPipeline.Trace(record).CanonicalForm.Span));

    private static BillingRecord[] Numbered(IEnumerable<BillingRecord> delivery, Func<BillingRecord, byte[]> hash)
    {
        Dictionary<(string?, Fingerprint), int> counts = [];
        List<BillingRecord> records = [];
        foreach (BillingRecord record in delivery)
        {
            Fingerprint fingerprint = new(hash(record));
            int occurrence = counts[(record.Scope, fingerprint)] = counts.GetValueOrDefault((record.Scope, fingerprint)) + 1;
            string number = occurrence.ToString(CultureInfo.InvariantCulture);
            string key = $"billing.key.v1\nidentity 7:content\n{(record.Scope is { } scope ? $"scope {scope.Length}:{scope}\n" : "")}fingerprint 64:{fingerprint}\noccurrence {number.Length}:{number}\n";
            records.Add(Copy(record, record.SourceId is null ? new RecordKey(SHA256.HashData(Encoding.ASCII.GetBytes(key))) : record.Key, fingerprint, occurrence));
        }

        return [.. records];
    }

    private static string Text(BillingRecord record)
    {
        StringBuilder text = new("billing.record.v1\n");
        Line("date", record.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Line("id", record.SourceId);
        Line("party", record.Party);
        Line("description", record.Description);
        Line("amount", ExactSum.From(record.Amount.Amount).ToString());
        Line("currency", record.Amount.Currency.Code);
        foreach ((string name, string? value) in record.Attributes.Where(pair => pair.Value is not null).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"@{name.Length}:{name} {value!.Length}:{value}\n");
        }

        return text.ToString();

        void Line(string name, string? value) => text.Append(value is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{name} {value.Length}:{value}\n"));
    }

    private static BillingRecord Copy(BillingRecord record, RecordKey key, Fingerprint fingerprint, int occurrence) => new()
    {
        Key = key,
        Fingerprint = fingerprint,
        Occurrence = occurrence,
        Scope = record.Scope,
        SourceId = record.SourceId,
        Date = record.Date,
        Party = record.Party,
        Description = record.Description,
        Amount = record.Amount,
        ReportingAmount = record.ReportingAmount,
        Attributes = record.Attributes,
        Source = record.Source,
        RunId = record.RunId,
        Category = record.Category,
        CategoryRule = record.CategoryRule,
        Flags = record.Flags,
        Alerts = record.Alerts,
    };
}
