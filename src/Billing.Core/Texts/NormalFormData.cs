using System.Buffers;
using System.Buffers.Text;
using System.Collections.Frozen;

namespace Billing.Texts;

/// <summary><see cref="NormalFormTable"/> in a form for look-ups; read once, for the first text that needs it.</summary>
internal sealed class NormalFormData
{
    private NormalFormData()
    {
        Classes = ReadClasses();
        Dictionary<int, int[]> decompositions = [];
        Dictionary<long, int> compositions = [];
        // Surrogates, and the vowels and finals of Hangul, always take the long way.
        HashSet<int> unsettled = [.. Classes.Keys, .. Enumerable.Range(0xD800, 0x800), .. Enumerable.Range(Hangul.VowelBase, Hangul.Vowels), .. Enumerable.Range(Hangul.FinalBase, Hangul.Finals)];
        ReadDecompositions(decompositions, compositions, unsettled);
        Decompositions = decompositions.ToFrozenDictionary(entry => entry.Key, entry => InFull(entry.Value, decompositions));
        Compositions = compositions.ToFrozenDictionary();
        Unsettled = SearchValues.Create([.. unsettled.Where(c => c <= char.MaxValue).Select(c => (char)c)]);
    }

    public static NormalFormData Instance { get; } = new();

    /// <summary>The combining classes other than 0.</summary>
    public FrozenDictionary<int, byte> Classes { get; }

    /// <summary>The full decompositions.</summary>
    public FrozenDictionary<int, int[]> Decompositions { get; }

    /// <summary>The character that a <see cref="Pair"/> makes.</summary>
    public FrozenDictionary<long, int> Compositions { get; }

    /// <summary>The units that composition may change, move, or join to what is before them. A text can be cut before any other unit, and its parts composed by themselves.</summary>
    public SearchValues<char> Unsettled { get; }

    public static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static FrozenDictionary<int, byte> ReadClasses()
    {
        Dictionary<int, byte> classes = [];
        ReadOnlySpan<byte> table = NormalFormTable.Classes;
        while (!table.IsEmpty)
        {
            int first = ReadNumber(ref table, 'x', out _);
            int last = ReadNumber(ref table, 'x', out _);
            byte value = (byte)ReadNumber(ref table, 'D', out _);
            for (int character = first; character <= last; character++)
            {
                classes.Add(character, value);
            }
        }

        return classes.ToFrozenDictionary();
    }

    private static void ReadDecompositions(Dictionary<int, int[]> decompositions, Dictionary<long, int> compositions, HashSet<int> unsettled)
    {
        List<int> parts = [];
        ReadOnlySpan<byte> table = NormalFormTable.Decompositions;
        while (!table.IsEmpty)
        {
            int character = ReadNumber(ref table, 'x', out byte kind);
            parts.Clear();
            byte next;
            do
            {
                parts.Add(ReadNumber(ref table, 'x', out next));
            }
            while (next == (byte)'+');
            decompositions.Add(character, [.. parts]);
            if (kind == (byte)'=')
            {
                compositions.Add(Pair(parts[0], parts[1]), character);
                unsettled.Add(parts[1]);
            }
            else
            {
                unsettled.Add(character);
            }
        }
    }

    private static int[] InFull(int[] parts, Dictionary<int, int[]> decompositions) =>
        decompositions.TryGetValue(parts[0], out int[]? first) ? [.. InFull(first, decompositions), .. parts[1..]] : parts;

    // Reads a number, and the sign or white space after it.
    private static int ReadNumber(ref ReadOnlySpan<byte> table, char format, out byte end)
    {
        _ = Utf8Parser.TryParse(table, out int number, out int length, format);
        end = length < table.Length ? table[length] : (byte)0;
        table = table[length..].TrimStart("=>+-: \n\r"u8);
        return number;
    }
}
