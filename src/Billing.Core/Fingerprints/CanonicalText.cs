using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Billing.Texts;

namespace Billing.Fingerprints;

/// <summary>Writes text as canonical forms have it: trimmed, in Unicode normalisation form C, in UTF-8.</summary>
internal static class CanonicalText
{
    private const byte FirstBeyondAscii = 0x80;

    // The first byte of U+0300: what is below is in NFC in any combination.
    private const byte FirstBeyondPlainlyNfc = 0xCC;

    /// <summary>Removes white space from both ends: the 25 code points that docs/canonical-form.md lists.</summary>
    public static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>Removes white space from both ends of valid UTF-8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty || (IsVisibleAscii(utf8[0]) && IsVisibleAscii(utf8[^1])) ? utf8 : TrimEnds(utf8);

    /// <summary>Writes the length in bytes, a colon, and a trimmed text of valid UTF-8 in NFC.</summary>
    public static void WriteWithLength(FormBuffer destination, ReadOnlySpan<byte> trimmed)
    {
        if (trimmed.ContainsAnyInRange(FirstBeyondPlainlyNfc, byte.MaxValue))
        {
            WriteDecoded(destination, trimmed);
        }
        else
        {
            CanonicalField.WriteBytes(destination, trimmed);
        }
    }

    /// <summary>Writes the length in bytes, a colon, and the text, trimmed and in NFC.</summary>
    /// <param name="field">The name of the text in messages, in UTF-8.</param>
    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void WriteWithLength(FormBuffer destination, ReadOnlySpan<char> text, ReadOnlySpan<byte> field)
    {
        text = Trim(text);
        if (Ascii.IsValid(text))
        {
            Span<byte> span = destination.GetSpan(CanonicalField.LongestLength + text.Length);
            int start = CanonicalField.FormatLength(span, text.Length);
            _ = Ascii.FromUtf16(text, span[start..], out int written);
            destination.Advance(start + written);
        }
        else if (IsPlainlyNfc(text))
        {
            WriteUtf8(destination, text);
        }
        else
        {
            WriteNormalised(destination, text, field);
        }
    }

    /// <exception cref="ArgumentException">The text holds a lone surrogate.</exception>
    public static void ThrowIfLoneSurrogate(ReadOnlySpan<char> text, ReadOnlySpan<byte> field)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                throw new ArgumentException($"The text of '{Encoding.UTF8.GetString(field)}' holds a lone surrogate (U+{(int)text[i]:X4}) at index {i}, which is not a character and has no UTF-8.");
            }

            i++;
        }
    }

    /// <summary>Writes the length in bytes, a colon, and the text as it is, which must hold no lone surrogate.</summary>
    public static void WriteUtf8(FormBuffer destination, ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Span<byte> span = destination.GetSpan(CanonicalField.LongestLength + length);
        int start = CanonicalField.FormatLength(span, length);
        destination.Advance(start + Encoding.UTF8.GetBytes(text, span[start..]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsVisibleAscii(byte b) => b is > (byte)' ' and < FirstBeyondAscii;

    private static bool IsAsciiWhiteSpace(byte b) => b is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    private static ReadOnlySpan<byte> TrimEnds(ReadOnlySpan<byte> utf8)
    {
        int start = 0;
        int end = utf8.Length;
        while (start < end && IsAsciiWhiteSpace(utf8[start]))
        {
            start++;
        }

        while (end > start && IsAsciiWhiteSpace(utf8[end - 1]))
        {
            end--;
        }

        utf8 = utf8[start..end];
        return utf8.IsEmpty || (utf8[0] < FirstBeyondAscii && utf8[^1] < FirstBeyondAscii) ? utf8 : TrimBeyondAscii(utf8);
    }

    private static ReadOnlySpan<byte> TrimBeyondAscii(ReadOnlySpan<byte> utf8)
    {
        while (Rune.DecodeFromUtf8(utf8, out Rune first, out int size) == OperationStatus.Done && first.IsBmp && IsWhiteSpace((char)first.Value))
        {
            utf8 = utf8[size..];
        }

        while (Rune.DecodeLastFromUtf8(utf8, out Rune last, out int size) == OperationStatus.Done && last.IsBmp && IsWhiteSpace((char)last.Value))
        {
            utf8 = utf8[..^size];
        }

        return utf8;
    }

    // A list of its own, not char.IsWhiteSpace: a fingerprint must not change with a Unicode version.
    private static bool IsWhiteSpace(char c) => c <= '\u007F'
        ? c is ' ' or (>= '\t' and <= '\r')
        : c is '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A')
            or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    // Blocks whose characters are in NFC in any combination: no decomposition, no combining class,
    // never the second of a composition. They cover most text and need no tables.
    private static bool IsPlainlyNfc(ReadOnlySpan<char> text)
    {
        int first = text.IndexOfAnyExceptInRange('\0', '\u02FF');
        if (first >= 0)
        {
            foreach (char c in text[first..])
            {
                if (!IsPlainlyNfc(c))
                {
                    return false;
                }
            }
        }

        return true;
    }

    internal static bool IsPlainlyNfc(char c) => c is <= '\u02FF'
        or (>= '\u0400' and <= '\u0482') or (>= '\u048A' and <= '\u052F') // Cyrillic
        or (>= '\u05D0' and <= '\u05EA') or (>= '\u0620' and <= '\u064A') // Hebrew and Arabic letters
        or (>= '\u2002' and <= '\u205E') or (>= '\u20A0' and <= '\u20BF') // punctuation, currency signs
        or (>= '\u3000' and <= '\u3029') or (>= '\u3041' and <= '\u3096') or (>= '\u309B' and <= '\u30FF') // kana
        or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3') // Han, Hangul syllables
        or (>= '\uFF01' and <= '\uFF9D'); // full and half width

    private static void WriteDecoded(FormBuffer destination, ReadOnlySpan<byte> utf8)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            // Valid UTF-8 has no lone surrogate, so no message will name a field.
            WriteWithLength(destination, rented.AsSpan(0, Encoding.UTF8.GetChars(utf8, rented)), default);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    private static void WriteNormalised(FormBuffer destination, ReadOnlySpan<char> text, ReadOnlySpan<byte> field)
    {
        ThrowIfLoneSurrogate(text, field);
        char[] rented = ArrayPool<char>.Shared.Rent(text.Length * NormalForm.LargestGrowth);
        try
        {
            WriteUtf8(destination, rented.AsSpan(0, NormalForm.Compose(text, rented)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }
}
