using System.Buffers;
using Billing.Fingerprints;
using Billing.Occurrences;
using Billing.Rows;

namespace Billing.Keys;

/// <summary>Gives rows their fingerprint, occurrence and key. One per run: it counts occurrences, in bounded memory. Not thread-safe.</summary>
internal sealed class RecordFingerprinter(RecordIdentity identity) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _form = new(1024);
    private readonly OccurrenceCounter _records = new();
    private readonly OccurrenceCounter _badRows = new();

    public RecordIdentity Identity => identity;

    /// <summary>Returns the fingerprint of a row.</summary>
    /// <exception cref="ArgumentException">The row has no amount, or a text holds a lone surrogate.</exception>
    public Fingerprint Fingerprint(ParsedRow row, Currency currency)
    {
        _form.ResetWrittenCount();
        CanonicalForm.Write(row, currency, _form);
        return new Fingerprint(Hash());
    }

    /// <summary>Returns the next occurrence of the row in the scope in this run: 1 for the first; always 1 for identities that do not count.</summary>
    /// <exception cref="IOException">The counts do not fit in memory, and the temporary folder cannot take them.</exception>
    public int NextOccurrence(ParsedRow row, Fingerprint fingerprint, string? scope)
    {
        if (!identity.Counts)
        {
            return 1;
        }

        if (identity.Kind == RecordIdentityKind.CountedColumns)
        {
            _form.ResetWrittenCount();
            KeyForm.WriteCountedColumns(_form, scope, row.IdentityValues);
            return _records.Next(Hash());
        }

        if (scope is null)
        {
            return _records.Next(fingerprint.Digest);
        }

        _form.ResetWrittenCount();
        KeyForm.WriteCounted(_form, scope, fingerprint);
        return _records.Next(Hash());
    }

    /// <summary>Returns the key of a row under the identity.</summary>
    /// <exception cref="ArgumentException">The identity is by columns and the row has no values in them; or a text holds a lone surrogate.</exception>
    public RecordKey Key(ParsedRow row, string sourceName, string? scope, Fingerprint fingerprint, int occurrence)
    {
        _form.ResetWrittenCount();
        switch (identity.Kind)
        {
            case RecordIdentityKind.Columns:
                KeyForm.WriteColumns(_form, scope, row.IdentityValues);
                break;
            case RecordIdentityKind.CountedColumns:
                KeyForm.WriteCountedColumns(_form, scope, row.IdentityValues);
                KeyForm.WriteOccurrence(_form, occurrence);
                break;
            case RecordIdentityKind.Position:
                KeyForm.WritePosition(_form, scope, sourceName, row.ByteOffset);
                break;
            default:
                KeyForm.WriteContent(_form, scope, fingerprint, occurrence);
                break;
        }

        return new RecordKey(Hash());
    }

    /// <summary>Returns the key of a quarantined row. It is the same on every delivery of the same bad row, under any source name and with any other rows; equal bad rows of one run get different keys. Call it once per row, because it counts.</summary>
    /// <exception cref="IOException">The counts do not fit in memory, and the temporary folder cannot take them.</exception>
    public RecordKey QuarantineKey(ParsedRow row, string? scope)
    {
        _form.ResetWrittenCount();
        KeyForm.WriteQuarantine(_form, scope, Sha256Digest.Of(row.Raw.Span), row.RawLength == row.Raw.Length ? null : row.RawLength);
        int occurrence = _badRows.Next(Hash());
        KeyForm.WriteOccurrence(_form, occurrence);
        return new RecordKey(Hash());
    }

    public void Dispose()
    {
        _records.Dispose();
        _badRows.Dispose();
    }

    private Sha256Digest Hash() => Sha256Digest.Of(_form.WrittenSpan);
}
