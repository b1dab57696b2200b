using Billing.Fingerprints;

namespace Billing;

/// <summary>The SHA-256 of a record's canonical form (docs/canonical-form.md): two records have the same fingerprint when they say the same.</summary>
public readonly struct Fingerprint : IEquatable<Fingerprint>, IComparable<Fingerprint>
{
    /// <summary>The number of bytes: 32.</summary>
    public const int Size = Sha256Digest.Size;

    private readonly Sha256Digest _digest;

    /// <summary>Creates one from its 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> has another length than 32.</exception>
    public Fingerprint(ReadOnlySpan<byte> bytes) => _digest = new Sha256Digest(bytes);

    internal Fingerprint(Sha256Digest digest) => _digest = digest;

    internal Sha256Digest Digest => _digest;

    /// <summary>Reads 64 hexadecimal digits, in any case.</summary>
    /// <returns>Whether <paramref name="hex"/> is exactly that.</returns>
    public static bool TryParse(ReadOnlySpan<char> hex, out Fingerprint value)
    {
        bool parsed = Sha256Digest.TryParse(hex, out Sha256Digest digest);
        value = new Fingerprint(digest);
        return parsed;
    }

    /// <summary>Reads 64 hexadecimal digits, in any case.</summary>
    /// <exception cref="FormatException"><paramref name="hex"/> is anything else.</exception>
    public static Fingerprint Parse(string hex) =>
        TryParse(hex, out Fingerprint value) ? value : throw new FormatException($"'{hex}' is not 64 hexadecimal digits.");

    /// <summary>Writes the 32 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => _digest.CopyTo(destination);

    /// <summary>The 32 bytes, in a new array.</summary>
    public byte[] ToByteArray()
    {
        byte[] bytes = new byte[Size];
        _digest.CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Fingerprint other) => _digest.Equals(other._digest);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fingerprint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _digest.GetHashCode();

    /// <summary>Orders by the bytes, first byte first, as stores order them.</summary>
    public int CompareTo(Fingerprint other) => _digest.CompareTo(other._digest);

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _digest.ToString();

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(Fingerprint left, Fingerprint right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(Fingerprint left, Fingerprint right) => !left.Equals(right);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(Fingerprint left, Fingerprint right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(Fingerprint left, Fingerprint right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(Fingerprint left, Fingerprint right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(Fingerprint left, Fingerprint right) => left.CompareTo(right) >= 0;
}
