using System.Text;
using Billing.Texts;

namespace Billing.Fingerprints;

/// <summary>The order of the attributes of one list of names in a canonical form, with the prepared start of each line.</summary>
internal sealed class AttributeOrder
{
    // The records of a source share one list of names; JSON sources have a few, because members are left out.
    private const int Remembered = 8;

    [ThreadStatic]
    private static AttributeOrder?[]? _recent;

    [ThreadStatic]
    private static int _next;

    private readonly string[] _names;
    private readonly byte[][] _utf8Names;
    private readonly bool[] _ignored;
    private readonly CanonicalVersion _version;

    private AttributeOrder(string[] names, bool[] ignored, CanonicalVersion version)
    {
        _version = version;
        _names = names;
        _utf8Names = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        _ignored = ignored;
        List<Line> lines = [];
        FormBuffer buffer = new();
        for (int i = 0; i < _names.Length; i++)
        {
            if (version != CanonicalVersion.V1 && ignored.Length > 0 && ignored[i])
            {
                continue;
            }

            string name = version == CanonicalVersion.V1 ? _names[i] : Folded(_names[i]);
            buffer.Write("@"u8);
            CanonicalText.WriteWithLength(buffer, name, _utf8Names[i]);
            buffer.Write(" "u8);
            lines.Add(new Line(i, buffer.Written.ToArray(), _utf8Names[i]));
            buffer.Drop();
        }

        lines.Sort();
        Lines = [.. lines.Select(line => (line.Index, line.Start))];
    }

    /// <summary>The index of each attribute in the list, and the bytes that its line begins with, in canonical order.</summary>
    public (int Index, byte[] LineStart)[] Lines { get; }

    /// <summary>The name of an attribute, in UTF-8.</summary>
    public ReadOnlySpan<byte> NameAt(int index) => _utf8Names[index];

    /// <summary>Returns the order of the names, and remembers it for the next record.</summary>
    /// <param name="names">The names, which must not change any more.</param>
    /// <param name="ignored">Which of them are ignored; empty if none is.</param>
    /// <exception cref="ArgumentException">A name holds a lone surrogate.</exception>
    public static AttributeOrder Of(string[] names, bool[] ignored, CanonicalVersion version)
    {
        AttributeOrder?[] recent = _recent ??= new AttributeOrder?[Remembered];
        foreach (AttributeOrder? order in recent)
        {
            if (order is not null && order._version == version && order.IsOf(names, ignored))
            {
                return order;
            }
        }

        AttributeOrder added = new(names, ignored, version);
        recent[_next] = added;
        _next = (_next + 1) % Remembered;
        return added;
    }

    private static string Folded(string name)
    {
        CanonicalText.ThrowIfLoneSurrogate(name, Encoding.UTF8.GetBytes(name));
        return CaseFold.Of(NormalForm.Compose(CanonicalText.Trim(name).ToString()));
    }

    private bool IsOf(string[] names, bool[] ignored) =>
        (ReferenceEquals(names, _names) && ReferenceEquals(ignored, _ignored)) || (names.AsSpan().SequenceEqual(_names) && ignored.AsSpan().SequenceEqual(_ignored));

    /// <summary>An attribute's line up to its value. Ordered by the bytes of the name alone: the length before it must not decide.</summary>
    private readonly record struct Line(int Index, byte[] Start, byte[] RawName) : IComparable<Line>
    {
        private ReadOnlySpan<byte> Name => Start.AsSpan((Array.IndexOf(Start, (byte)':') + 1)..^1);

        public int CompareTo(Line other) => Name.SequenceCompareTo(other.Name) switch
        {
            0 when RawName.AsSpan().SequenceCompareTo(other.RawName) is not 0 and var byRawName => byRawName,
            0 => Index.CompareTo(other.Index),
            int byName => byName,
        };
    }
}
