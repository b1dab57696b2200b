using System.Buffers;
using System.Text;

namespace Billing.Texts;

/// <summary>
/// Unicode's normalisation forms C and D (UAX #15), with tables of our own: the same on every machine, whichever version of ICU it has, or none.
/// Characters that a later version of Unicode assigns stay as they are. A text must not have lone surrogates.
/// </summary>
internal static class NormalForm
{
    /// <summary>The largest factor by which form C can lengthen a text in UTF-16 units (UAX #15, "Normalization corner cases").</summary>
    public const int LargestGrowth = 3;

    // No unit has a longer decomposition.
    private const int LongestDecomposition = 4;
    private const int FewEntries = 128;

    // An entry holds the class, then the place of the character, then the character, so that sorting by number is a stable sort by class.
    private const int ClassShift = 56;
    private const int PlaceShift = 24;
    private const ulong CharacterMask = (1UL << PlaceShift) - 1;

    /// <summary>Returns the text in form C.</summary>
    public static string Compose(string text)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(text.Length * LargestGrowth);
        int length = Compose(text, rented);
        string composed = text.AsSpan().SequenceEqual(rented.AsSpan(0, length)) ? text : new string(rented, 0, length);
        ArrayPool<char>.Shared.Return(rented);
        return composed;
    }

    /// <summary>Writes the text in form C.</summary>
    /// <param name="destination">Receives the text; <see cref="LargestGrowth"/> times the length of the text is always enough.</param>
    /// <returns>The number of units written.</returns>
    public static int Compose(ReadOnlySpan<char> text, Span<char> destination)
    {
        SearchValues<char> unsettled = NormalFormData.Instance.Unsettled;
        int written = 0;
        for (int found = text.IndexOfAny(unsettled); found >= 0; found = text.IndexOfAny(unsettled))
        {
            // The character before it may be joined with it.
            int start = Math.Max(0, found - 1);
            text[..start].CopyTo(destination[written..]);
            written += start;
            int end = text[found..].IndexOfAnyExcept(unsettled);
            end = end < 0 ? text.Length : found + end;
            written += Form(text[start..end], destination[written..], composes: true);
            text = text[end..];
        }

        text.CopyTo(destination[written..]);
        return written + text.Length;
    }

    /// <summary>Returns the text in form D.</summary>
    public static string Decompose(string text)
    {
        char[] rented = ArrayPool<char>.Shared.Rent(text.Length * LongestDecomposition);
        string decomposed = new(rented, 0, Form(text, rented, composes: false));
        ArrayPool<char>.Shared.Return(rented);
        return decomposed;
    }

    private static int Form(ReadOnlySpan<char> text, Span<char> destination, bool composes)
    {
        int most = text.Length * LongestDecomposition;
        ulong[]? rented = most > FewEntries ? ArrayPool<ulong>.Shared.Rent(most) : null;
        Span<ulong> entries = rented ?? stackalloc ulong[FewEntries];
        entries = entries[..Decompose(text, entries)];
        if (composes)
        {
            entries = entries[..Compose(entries)];
        }

        int written = 0;
        foreach (ulong entry in entries)
        {
            written += new Rune((int)(entry & CharacterMask)).EncodeToUtf16(destination[written..]);
        }

        if (rented is not null)
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }

        return written;
    }

    // Decomposes the characters in full, and puts the marks of each base in the order of their classes.
    private static int Decompose(ReadOnlySpan<char> text, Span<ulong> entries)
    {
        NormalFormData data = NormalFormData.Instance;
        Span<int> syllable = stackalloc int[3];
        int count = 0;
        int marks = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            int character = rune.Value;
            ReadOnlySpan<int> parts = data.Decompositions.TryGetValue(character, out int[]? known) ? known : Hangul.Decompose(character, syllable);
            foreach (int part in parts.IsEmpty ? new ReadOnlySpan<int>(in character) : parts)
            {
                _ = data.Classes.TryGetValue(part, out byte markClass);
                if (markClass == 0)
                {
                    entries[marks..count].Sort();
                    marks = count + 1;
                }

                entries[count] = ((ulong)markClass << ClassShift) | ((ulong)count << PlaceShift) | (uint)part;
                count++;
            }
        }

        entries[marks..count].Sort();
        return count;
    }

    // Joins each character to the base before it, unless something between them keeps them apart.
    private static int Compose(Span<ulong> entries)
    {
        int count = 0;
        int start = -1;
        int between = -1;
        foreach (ulong entry in entries)
        {
            int markClass = (int)(entry >> ClassShift);
            if (start >= 0 && between < markClass && Composition((int)(entries[start] & CharacterMask), (int)(entry & CharacterMask)) is > 0 and int composed)
            {
                entries[start] = (uint)composed;
                continue;
            }

            if (markClass == 0)
            {
                start = count;
                between = -1;
            }
            else
            {
                between = markClass;
            }

            entries[count++] = entry;
        }

        return count;
    }

    private static int Composition(int first, int second) =>
        NormalFormData.Instance.Compositions.TryGetValue(NormalFormData.Pair(first, second), out int composed) ? composed : Hangul.Compose(first, second);
}
