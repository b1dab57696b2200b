using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Billing.Fingerprints;

/// <summary>Writes the lines that canonical forms and keys are made of: <c>name length:value\n</c>, the length in bytes.</summary>
internal static class CanonicalField
{
    // The digits of the largest int, and the colon.
    public const int LongestLength = 11;

    /// <summary>Writes a line with a text, trimmed and in NFC.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteText(IBufferWriter<byte> destination, string name, ReadOnlySpan<char> text)
    {
        WriteName(destination, name);
        CanonicalText.WriteWithLength(destination, text, name);
        destination.Write("\n"u8);
    }

    /// <summary>Writes a line with a text, or nothing if the text is null or blank.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteUnlessBlank(IBufferWriter<byte> destination, string name, string? text)
    {
        ReadOnlySpan<char> trimmed = CanonicalText.Trim(text);
        if (!trimmed.IsEmpty)
        {
            WriteText(destination, name, trimmed);
        }
    }

    /// <summary>Writes a line with a text exactly as it is, neither trimmed nor normalised. For names of objects, where a space or another spelling is another object.</summary>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteVerbatim(IBufferWriter<byte> destination, string name, ReadOnlySpan<char> text)
    {
        CanonicalText.ThrowIfLoneSurrogate(text, name);
        WriteName(destination, name);
        CanonicalText.WriteUtf8(destination, text);
        destination.Write("\n"u8);
    }

    /// <summary>Writes a line with bytes as they are.</summary>
    public static void WriteBytes(IBufferWriter<byte> destination, string name, ReadOnlySpan<byte> value)
    {
        WriteName(destination, name);
        WriteLength(destination, value.Length);
        destination.Write(value);
        destination.Write("\n"u8);
    }

    /// <summary>Writes a line with a whole number in decimal digits.</summary>
    public static void WriteNumber(IBufferWriter<byte> destination, string name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = value.TryFormat(digits, out int length, default, CultureInfo.InvariantCulture);
        WriteBytes(destination, name, digits[..length]);
    }

    /// <summary>Writes a line with a digest in 64 lower-case hexadecimal digits.</summary>
    public static void WriteDigest(IBufferWriter<byte> destination, string name, Sha256Digest digest)
    {
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        Span<byte> hex = stackalloc byte[Sha256Digest.Size * 2];
        digest.CopyTo(bytes);
        _ = Convert.TryToHexStringLower(bytes, hex, out _);
        WriteBytes(destination, name, hex);
    }

    /// <summary>Writes a length and its colon.</summary>
    public static void WriteLength(IBufferWriter<byte> destination, int length)
    {
        Span<byte> span = destination.GetSpan(LongestLength);
        destination.Advance(FormatLength(span, length));
    }

    /// <summary>Puts a length and its colon at the start of <paramref name="span"/>.</summary>
    /// <returns>The number of bytes used, at most <see cref="LongestLength"/>.</returns>
    public static int FormatLength(Span<byte> span, int length)
    {
        _ = Utf8Formatter.TryFormat(length, span, out int digits);
        span[digits] = (byte)':';
        return digits + 1;
    }

    private static void WriteName(IBufferWriter<byte> destination, string name)
    {
        Span<byte> span = destination.GetSpan(name.Length + 1);
        int length = Encoding.ASCII.GetBytes(name, span);
        span[length] = (byte)' ';
        destination.Advance(length + 1);
    }
}
