using Billing.Fingerprints;

namespace Billing.Keys;

/// <summary>Writes the bytes whose SHA-256 is a record key or a quarantine key (docs/canonical-form.md).</summary>
internal static class KeyForm
{
    /// <summary>Writes the key of the <paramref name="occurrence"/>th record with that fingerprint.</summary>
    public static void WriteContent(FormBuffer destination, string? scope, Fingerprint fingerprint, int occurrence)
    {
        Begin(destination, "content", scope);
        CanonicalField.WriteDigest(destination, "fingerprint"u8, fingerprint.Digest);
        WriteOccurrence(destination, occurrence);
    }

    /// <summary>Writes the key of the record with those id values.</summary>
    /// <exception cref="ArgumentException">There is no value, which would make all records the same; or a value holds a lone surrogate.</exception>
    public static void WriteColumns(FormBuffer destination, string? scope, ReadOnlySpan<string> values) =>
        WriteValues(destination, "columns", scope, values);

    /// <summary>Writes what the records with those values share while they are counted.</summary>
    /// <exception cref="ArgumentException">As for <see cref="WriteColumns"/>.</exception>
    public static void WriteCountedColumns(FormBuffer destination, string? scope, ReadOnlySpan<string> values) =>
        WriteValues(destination, "columns+occurrence", scope, values);

    /// <summary>Writes what distinguishes the <paramref name="occurrence"/>th of them from the others.</summary>
    public static void WriteOccurrence(FormBuffer destination, int occurrence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(occurrence, 1);
        CanonicalField.WriteNumber(destination, "occurrence"u8, occurrence);
    }

    private static void WriteValues(FormBuffer destination, string identity, string? scope, ReadOnlySpan<string> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("The identity is by columns, but the row has no value in them.", nameof(values));
        }

        Begin(destination, identity, scope);
        foreach (string value in values)
        {
            CanonicalField.WriteText(destination, "value"u8, value);
        }
    }

    /// <summary>Writes the key of the record at that position.</summary>
    public static void WritePosition(FormBuffer destination, string? scope, string sourceName, long byteOffset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(byteOffset);
        Begin(destination, "position", scope);
        CanonicalField.WriteVerbatim(destination, "source"u8, sourceName);
        CanonicalField.WriteNumber(destination, "offset"u8, byteOffset);
    }

    /// <summary>Writes what equal bad rows share.</summary>
    /// <param name="row">The SHA-256 of the raw bytes that are kept.</param>
    /// <param name="cutFrom">The length in the source if fewer bytes are kept; null if all are.</param>
    public static void WriteQuarantine(FormBuffer destination, string? scope, Sha256Digest row, long? cutFrom)
    {
        destination.Write("billing.quarantine.v1\n"u8);
        WriteScope(destination, scope);
        CanonicalField.WriteDigest(destination, "row"u8, row);
        if (cutFrom is { } length)
        {
            CanonicalField.WriteNumber(destination, "length"u8, length);
        }
    }

    /// <summary>Writes what equal records of one scope share while they are counted. It is never stored.</summary>
    public static void WriteCounted(FormBuffer destination, string scope, Fingerprint fingerprint)
    {
        destination.Write("billing.count.v1\n"u8);
        WriteScope(destination, scope);
        CanonicalField.WriteDigest(destination, "fingerprint"u8, fingerprint.Digest);
    }

    private static void Begin(FormBuffer destination, string identity, string? scope)
    {
        destination.Write("billing.key.v1\n"u8);
        CanonicalField.WriteText(destination, "identity"u8, identity);
        WriteScope(destination, scope);
    }

    // No scope and an empty scope differ: only the second has a line.
    private static void WriteScope(FormBuffer destination, string? scope)
    {
        if (scope is not null)
        {
            CanonicalField.WriteText(destination, "scope"u8, scope);
        }
    }
}
