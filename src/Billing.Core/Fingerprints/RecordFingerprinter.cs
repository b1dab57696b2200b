using Billing.Parsing;

namespace Billing.Fingerprints;

/// <summary>Gives rows their fingerprint, occurrence and key. One per run: it counts occurrences, in bounded memory. Not for several threads.</summary>
internal sealed class RecordFingerprinter(RecordIdentity identity) : IDisposable
{
    public RecordIdentity Identity => identity;

    /// <summary>The fingerprint of a row.</summary>
    public Fingerprint Fingerprint(ParsedRow row, Currency currency) => throw new NotImplementedException();

    /// <summary>The next occurrence of that fingerprint under that scope in this run: 1 for the first; always 1 unless the identity is by content.</summary>
    public int NextOccurrence(Fingerprint fingerprint, string? scope) => throw new NotImplementedException();

    /// <summary>The key of a row under the identity.</summary>
    public RecordKey Key(ParsedRow row, string sourceName, string? scope, Fingerprint fingerprint, int occurrence) => throw new NotImplementedException();

    /// <summary>The key that a quarantined row is kept under: the same on every delivery of the same source's same bad row, whatever else the file holds; equal bad rows of one source stay apart.</summary>
    public RecordKey QuarantineKey(ParsedRow row, string sourceName, string? scope) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
