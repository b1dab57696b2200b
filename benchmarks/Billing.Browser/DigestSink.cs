using System.Security.Cryptography;
using System.Text;

namespace Billing.Browser;

/// <summary>Keeps of the records their greatest key, and one SHA-256 over what was computed for each.</summary>
internal sealed class DigestSink : IBillingSink, IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Name => "digest";

    public string GreatestKey { get; private set; } = "";

    public string Digest() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        foreach (BillingRecord record in records)
        {
            string key = record.Key.ToString();
            GreatestKey = string.CompareOrdinal(key, GreatestKey) > 0 ? key : GreatestKey;
            _hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{key} {record.Fingerprint} {record.Occurrence} {record.ReportingAmount} {record.Category}\n")));
        }

        return new(new WriteOutcome[records.Count]);
    }

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => default;

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => default;

    public void Dispose() => _hash.Dispose();
}
