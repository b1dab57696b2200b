using System.Buffers;
using System.Text;

namespace Billing.Fingerprints;

/// <summary>The order in which canonical form v1 has the attributes of one list of names, with the start of each one's line ready made.</summary>
internal sealed class AttributeOrder
{
    // Sources share one list of names between their records; JSON sources have a few, as members are left out.
    private const int Remembered = 8;

    [ThreadStatic]
    private static AttributeOrder?[]? _recent;

    [ThreadStatic]
    private static int _next;

    // A copy: the caller's array may change under the cache.
    private readonly string[] _names;

    private AttributeOrder(ReadOnlySpan<string> names)
    {
        _names = names.ToArray();
        Lines = new (int, byte[])[_names.Length];
        byte[][] rawNames = new byte[_names.Length][];
        ArrayBufferWriter<byte> buffer = new();
        for (int i = 0; i < _names.Length; i++)
        {
            buffer.ResetWrittenCount();
            buffer.Write("@"u8);
            CanonicalText.WriteWithLength(buffer, _names[i], _names[i]);
            buffer.Write(" "u8);
            Lines[i] = (i, buffer.WrittenSpan.ToArray());
            rawNames[i] = Encoding.UTF8.GetBytes(_names[i]);
        }

        Array.Sort(Lines, (left, right) => Compare(left.LineStart, right.LineStart) is not 0 and var byName
            ? byName
            : rawNames[left.Index].AsSpan().SequenceCompareTo(rawNames[right.Index]));
    }

    /// <summary>The place of an attribute in the list, and the bytes that its line begins with, in canonical order.</summary>
    public (int Index, byte[] LineStart)[] Lines { get; }

    public string NameAt(int index) => _names[index];

    /// <summary>The order of these names, remembered for the next record.</summary>
    /// <exception cref="ArgumentException">A name holds a lone surrogate.</exception>
    public static AttributeOrder Of(ReadOnlySpan<string> names)
    {
        AttributeOrder?[] recent = _recent ??= new AttributeOrder?[Remembered];
        foreach (AttributeOrder? order in recent)
        {
            if (order is not null && order.IsOf(names))
            {
                return order;
            }
        }

        AttributeOrder added = new(names);
        recent[_next] = added;
        _next = (_next + 1) % Remembered;
        return added;
    }

    private bool IsOf(ReadOnlySpan<string> names)
    {
        if (names.Length != _names.Length)
        {
            return false;
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (!ReferenceEquals(names[i], _names[i]) && !string.Equals(names[i], _names[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    // By the bytes of the name alone: what stands before it (its length) must not decide.
    private static int Compare(byte[] left, byte[] right) =>
        Name(left).SequenceCompareTo(Name(right));

    private static ReadOnlySpan<byte> Name(byte[] lineStart) =>
        lineStart.AsSpan((Array.IndexOf(lineStart, (byte)':') + 1)..^1);
}
