using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Billing.Fingerprints;

namespace Billing;

/// <summary>The key of a record, the same on every delivery: a SHA-256 over its scope and its identity (<see cref="RecordIdentity"/>). Unique in a store.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public readonly struct RecordKey : IEquatable<RecordKey>, IComparable<RecordKey>, ISpanParsable<RecordKey>, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>The number of bytes: 32.</summary>
    public const int Size = Sha256Digest.Size;

    private readonly Sha256Digest _digest;

    /// <summary>Creates a value from its 32 bytes.</summary>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> is not 32 bytes long.</exception>
    public RecordKey(ReadOnlySpan<byte> bytes) => _digest = new Sha256Digest(bytes);

    internal RecordKey(Sha256Digest digest) => _digest = digest;

    internal Sha256Digest Digest => _digest;

    /// <summary>Reads 64 hexadecimal digits, in any case.</summary>
    /// <exception cref="FormatException"><paramref name="s"/> is anything else.</exception>
    public static RecordKey Parse(ReadOnlySpan<char> s) =>
        TryParse(s, out RecordKey value) ? value : throw new FormatException($"'{s}' is not 64 hexadecimal digits.");

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static RecordKey Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan());
    }

    /// <summary>Reads 64 hexadecimal digits, in any case.</summary>
    /// <returns>Whether <paramref name="s"/> is exactly that.</returns>
    public static bool TryParse(ReadOnlySpan<char> s, out RecordKey result)
    {
        bool parsed = Sha256Digest.TryParse(s, out Sha256Digest digest);
        result = new RecordKey(digest);
        return parsed;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out RecordKey)"/>
    public static bool TryParse([NotNullWhen(true)] string? s, out RecordKey result) => TryParse(s.AsSpan(), out result);

    /// <summary>Writes the 32 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination) => _digest.CopyTo(destination);

    /// <summary>Returns the 32 bytes in a new array.</summary>
    public byte[] ToByteArray()
    {
        byte[] bytes = new byte[Size];
        _digest.CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(RecordKey other) => _digest.Equals(other._digest);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecordKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _digest.GetHashCode();

    /// <summary>Compares the bytes, first byte first, in the order that stores use.</summary>
    public int CompareTo(RecordKey other) => _digest.CompareTo(other._digest);

    /// <summary>Returns 64 lower-case hexadecimal digits.</summary>
    public override string ToString() => _digest.ToString();

    static RecordKey IParsable<RecordKey>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static RecordKey ISpanParsable<RecordKey>.Parse(ReadOnlySpan<char> s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<RecordKey>.TryParse(string? s, IFormatProvider? provider, out RecordKey result) => TryParse(s, out result);

    static bool ISpanParsable<RecordKey>.TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out RecordKey result) => TryParse(s, out result);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => _digest.TryFormat(destination, out charsWritten);

    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => _digest.TryFormat(utf8Destination, out bytesWritten);

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(RecordKey left, RecordKey right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(RecordKey left, RecordKey right) => !left.Equals(right);

    /// <summary>Whether <paramref name="left"/> comes before <paramref name="right"/>.</summary>
    public static bool operator <(RecordKey left, RecordKey right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> comes after <paramref name="right"/>.</summary>
    public static bool operator >(RecordKey left, RecordKey right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> does not come after <paramref name="right"/>.</summary>
    public static bool operator <=(RecordKey left, RecordKey right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> does not come before <paramref name="right"/>.</summary>
    public static bool operator >=(RecordKey left, RecordKey right) => left.CompareTo(right) >= 0;
}
