using Billing.Fingerprints;
using Billing.Occurrences;
using Billing.Rows;

namespace Billing.Keys;

/// <summary>
/// Gives rows their fingerprint, occurrence and key. What is hashed is added for the rows of a batch, and hashed together. One per run: it counts
/// occurrences, in bounded memory. Not thread-safe.
/// </summary>
internal sealed class RecordFingerprinter(RecordIdentity identity) : IDisposable
{
    private readonly FormBuffer _forms = new();
    private readonly ContentKeyForm _contentKeys = new();
    private readonly OccurrenceCounter _records = new();
    private readonly OccurrenceCounter _badRows = new();
    private Sha256Digest[] _digests = [];
    private Sha256Digest[] _fingerprints = [];

    public RecordIdentity Identity => identity;

    /// <summary>Whether equal records of a scope are told apart by more than their fingerprint while they are counted: <see cref="AddCounted"/> then says by what.</summary>
    public bool CountsMore(string? scope) => identity.Kind == RecordIdentityKind.CountedColumns || (identity.Counts && scope is not null);

    /// <summary>Adds what the equal records of a scope share while they are counted.</summary>
    /// <exception cref="ArgumentException">The identity is by columns and the row has no values in them; or a text holds a lone surrogate.</exception>
    public void AddCounted(ParsedRow row, Fingerprint fingerprint, string? scope)
    {
        _forms.Drop();
        if (identity.Kind == RecordIdentityKind.CountedColumns)
        {
            KeyForm.WriteCountedColumns(_forms, scope, row.IdentityValues);
        }
        else
        {
            KeyForm.WriteCounted(_forms, scope!, fingerprint);
        }

        _forms.End();
    }

    /// <summary>Adds what the key of a row is made of.</summary>
    /// <exception cref="ArgumentException">As for <see cref="AddCounted"/>.</exception>
    public void AddKey(ParsedRow row, string sourceName, string? scope, Fingerprint fingerprint, int occurrence)
    {
        _forms.Drop();
        switch (identity.Kind)
        {
            case RecordIdentityKind.Columns:
                KeyForm.WriteColumns(_forms, scope, row.IdentityValues);
                break;
            case RecordIdentityKind.CountedColumns:
                KeyForm.WriteCountedColumns(_forms, scope, row.IdentityValues);
                KeyForm.WriteOccurrence(_forms, occurrence);
                break;
            case RecordIdentityKind.Position:
                KeyForm.WritePosition(_forms, scope, sourceName, row.ByteOffset);
                break;
            case RecordIdentityKind.Content when occurrence == 1:
                _contentKeys.Add(_forms, scope, fingerprint);
                return;
            default:
                KeyForm.WriteContent(_forms, scope, fingerprint, occurrence);
                break;
        }

        _forms.End();
    }

    /// <summary>Returns the SHA-256 of everything that was added since the last call, in order; valid until the next call.</summary>
    public ReadOnlySpan<Sha256Digest> Hash() => Hash(_forms, ref _digests);

    /// <summary>Returns the SHA-256 of canonical forms, in order; valid until the next call. They are dropped.</summary>
    public ReadOnlySpan<Sha256Digest> Hash(FormBuffer contents) => Hash(contents, ref _fingerprints);

    /// <summary>Says what <see cref="NextOccurrence"/> is asked next, which makes that faster.</summary>
    public void PrepareToCount(ReadOnlySpan<Sha256Digest> counted)
    {
        if (identity.Counts)
        {
            _records.Prepare(counted);
        }
    }

    /// <summary>Returns the next occurrence of a record in this run: 1 for the first; always 1 for identities that do not count.</summary>
    /// <param name="counted">What equal records share: <see cref="AddCounted"/> or the fingerprint.</param>
    /// <exception cref="IOException">The counts do not fit in memory, and the temporary folder cannot take them.</exception>
    public int NextOccurrence(in Sha256Digest counted) => identity.Counts ? _records.Next(counted) : 1;

    /// <summary>Returns the key of a quarantined row. It is the same on every delivery of the same bad row, under any source name and with any other rows; equal bad rows of one run get different keys. Call it once per row, because it counts.</summary>
    /// <exception cref="IOException">The counts do not fit in memory, and the temporary folder cannot take them.</exception>
    public RecordKey QuarantineKey(ParsedRow row, string? scope)
    {
        _forms.Drop();
        KeyForm.WriteQuarantine(_forms, scope, Sha256Digest.Of(row.Raw.Span), row.RawLength == row.Raw.Length ? null : row.RawLength);
        int occurrence = _badRows.Next(Sha256Digest.Of(_forms.Written));
        KeyForm.WriteOccurrence(_forms, occurrence);
        return new RecordKey(_forms.Hash());
    }

    public void Dispose()
    {
        _records.Dispose();
        _badRows.Dispose();
    }

    private static ReadOnlySpan<Sha256Digest> Hash(FormBuffer forms, ref Sha256Digest[] digests)
    {
        int count = forms.Count;
        if (digests.Length < count)
        {
            digests = new Sha256Digest[Math.Max(count, 2 * digests.Length)];
        }

        forms.HashAll(digests.AsSpan(0, count));
        return digests.AsSpan(0, count);
    }
}
