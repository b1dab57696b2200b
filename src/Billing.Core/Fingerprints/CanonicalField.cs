using System.Globalization;
using System.Runtime.CompilerServices;

namespace Billing.Fingerprints;

/// <summary>Writes the lines that canonical forms and keys are made of: <c>name length:value\n</c>, the length in bytes.</summary>
internal static class CanonicalField
{
    // The digits of the largest int, and the colon.
    public const int LongestLength = 11;

    /// <summary>Writes a line with a text, trimmed and in NFC.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteText(FormBuffer destination, ReadOnlySpan<byte> name, ReadOnlySpan<char> text)
    {
        WriteName(destination, name);
        CanonicalText.WriteWithLength(destination, text, name);
        destination.Write("\n"u8);
    }

    /// <summary>Writes a line with a text, or nothing if the text is null or blank.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteUnlessBlank(FormBuffer destination, ReadOnlySpan<byte> name, string? text)
    {
        ReadOnlySpan<char> trimmed = CanonicalText.Trim(text);
        if (!trimmed.IsEmpty)
        {
            WriteText(destination, name, trimmed);
        }
    }

    /// <summary>Writes a line with a text that is valid UTF-8, or nothing if it is blank.</summary>
    public static void WriteUnlessBlank(FormBuffer destination, ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> trimmed = CanonicalText.Trim(utf8);
        if (!trimmed.IsEmpty)
        {
            WriteName(destination, name);
            CanonicalText.WriteWithLength(destination, trimmed);
            destination.Write("\n"u8);
        }
    }

    /// <summary>Writes a line with a text exactly as it is, neither trimmed nor normalised. For names of objects, where a space or another spelling is another object.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteVerbatim(FormBuffer destination, ReadOnlySpan<byte> name, ReadOnlySpan<char> text)
    {
        CanonicalText.ThrowIfLoneSurrogate(text, name);
        WriteName(destination, name);
        CanonicalText.WriteUtf8(destination, text);
        destination.Write("\n"u8);
    }

    /// <summary>Writes the length of bytes, a colon, and the bytes.</summary>
    public static void WriteBytes(FormBuffer destination, ReadOnlySpan<byte> value)
    {
        Span<byte> span = destination.GetSpan(LongestLength + value.Length);
        int start = FormatLength(span, value.Length);
        value.CopyTo(span[start..]);
        destination.Advance(start + value.Length);
    }

    /// <summary>Writes a line with bytes as they are.</summary>
    public static void WriteBytes(FormBuffer destination, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Span<byte> span = destination.GetSpan(name.Length + 1 + LongestLength + value.Length + 1);
        name.CopyTo(span);
        int length = name.Length;
        span[length++] = (byte)' ';
        length += FormatLength(span[length..], value.Length);
        value.CopyTo(span[length..]);
        length += value.Length;
        span[length++] = (byte)'\n';
        destination.Advance(length);
    }

    /// <summary>Writes a line with a whole number in decimal digits.</summary>
    public static void WriteNumber(FormBuffer destination, ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteBytes(destination, name, digits[..length]);
    }

    /// <summary>Writes a line with a digest in 64 lower-case hexadecimal digits.</summary>
    public static void WriteDigest(FormBuffer destination, ReadOnlySpan<byte> name, Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        Span<byte> hex = stackalloc byte[Sha256Digest.Size * 2];
        digest.CopyTo(bytes);
        _ = Convert.TryToHexStringLower(bytes, hex, out _);
        WriteBytes(destination, name, hex);
    }

    /// <summary>Puts a length and its colon at the start of <paramref name="span"/>.</summary>
    /// <returns>The number of bytes used, at most <see cref="LongestLength"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int FormatLength(Span<byte> span, int length)
    {
        if (length < 10)
        {
            span[1] = (byte)':';
            span[0] = (byte)('0' + length);
            return 2;
        }

        return FormatLongLength(span, length);
    }

    private static int FormatLongLength(Span<byte> span, int length)
    {
        if (length < 100)
        {
            span[2] = (byte)':';
            span[1] = (byte)('0' + (length % 10));
            span[0] = (byte)('0' + (length / 10));
            return 3;
        }

        _ = length.TryFormat(span, out int digits, default, CultureInfo.InvariantCulture);
        span[digits] = (byte)':';
        return digits + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteName(FormBuffer destination, ReadOnlySpan<byte> name)
    {
        Span<byte> span = destination.GetSpan(name.Length + 1);
        name.CopyTo(span);
        span[name.Length] = (byte)' ';
        destination.Advance(name.Length + 1);
    }
}
