using System.Buffers;
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

    // Copies: the caller's arrays may change under the cache.
    private readonly string[] _names;
    private readonly bool[] _ignored;
    private readonly CanonicalVersion _version;

    private AttributeOrder(RecordAttributes attributes, CanonicalVersion version)
    {
        _version = version;
        _names = attributes.Names.ToArray();
        _ignored = attributes.IgnoredPlaces.ToArray();
        List<Line> lines = [];
        ArrayBufferWriter<byte> buffer = new();
        for (int i = 0; i < _names.Length; i++)
        {
            if (version != CanonicalVersion.V1 && attributes.IsIgnored(i))
            {
                continue;
            }

            string name = version == CanonicalVersion.V1 ? _names[i] : Folded(_names[i]);
            buffer.ResetWrittenCount();
            buffer.Write("@"u8);
            CanonicalText.WriteWithLength(buffer, name, _names[i]);
            buffer.Write(" "u8);
            lines.Add(new Line(i, buffer.WrittenSpan.ToArray(), Encoding.UTF8.GetBytes(_names[i])));
        }

        lines.Sort();
        Lines = [.. lines.Select(line => (line.Index, line.Start))];
    }

    /// <summary>The index of each attribute in the list, and the bytes that its line begins with, in canonical order.</summary>
    public (int Index, byte[] LineStart)[] Lines { get; }

    public string NameAt(int index) => _names[index];

    /// <summary>Returns the order of the names, and remembers it for the next record.</summary>
    /// <exception cref="ArgumentException">A name holds a lone surrogate.</exception>
    public static AttributeOrder Of(RecordAttributes attributes, CanonicalVersion version)
    {
        AttributeOrder?[] recent = _recent ??= new AttributeOrder?[Remembered];
        foreach (AttributeOrder? order in recent)
        {
            if (order is not null && order._version == version && order.IsOf(attributes))
            {
                return order;
            }
        }

        AttributeOrder added = new(attributes, version);
        recent[_next] = added;
        _next = (_next + 1) % Remembered;
        return added;
    }

    private static string Folded(string name)
    {
        CanonicalText.ThrowIfLoneSurrogate(name, name);
        return CaseFold.Of(NormalForm.Compose(CanonicalText.Trim(name).ToString()));
    }

    private bool IsOf(RecordAttributes attributes)
    {
        ReadOnlySpan<string> names = attributes.Names;
        if (names.Length != _names.Length || !attributes.IgnoredPlaces.SequenceEqual(_ignored))
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
