using System.Text;
using System.Text.Json;
using Billing.Layouts;

namespace Billing.Json;

/// <summary>The member names seen in a source, numbered: first the columns, then whatever later objects add.</summary>
internal sealed class JsonNames
{
    /// <summary>The number of a name that is not kept.</summary>
    public const int NotKept = -1;

    // Objects with ever different members would otherwise fill the memory.
    private const int MostKept = 4096;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<byte[]> _utf8 = [];
    private readonly HashSet<int> _statedOnly = [];

    /// <summary>The names, by number.</summary>
    public IReadOnlyList<string> All => _names;

    /// <summary>Forgets all names, after something that turned out not to be an object.</summary>
    public void Clear()
    {
        _numbers.Clear();
        _names.Clear();
        _utf8.Clear();
    }

    /// <summary>Adds the columns that a layout names but the first object lacks: they may come later, or be reported as missing row by row.</summary>
    public void AddStated(SourceLayout layout, RecordIdentity identity)
    {
        foreach (string? name in ColumnRoles.All.Select(layout.ColumnOf).Concat(layout.Required).Concat(identity.ColumnNames))
        {
            string stated = name?.Trim() ?? "";
            if (stated.Length > 0
                && !HeaderNames.TryReadPlace(stated, out _)
                && !_names.Exists(known => known.Trim().Equals(stated, StringComparison.OrdinalIgnoreCase)))
            {
                _statedOnly.Add(Add(stated));
            }
        }
    }

    /// <summary>Returns the name of a column if it may be the path to a nested member; null otherwise.</summary>
    public string? PathOf(int number) => _names[number].Contains('.', StringComparison.Ordinal) ? _names[number] : null;

    /// <summary>Adds a name to the columns.</summary>
    public int Add(string name)
    {
        int number = _names.Count;
        _numbers.TryAdd(name, number);
        _names.Add(name);
        _utf8.Add(Encoding.UTF8.GetBytes(name));
        return number;
    }

    /// <summary>Returns the number of the member name that the reader is on.</summary>
    /// <param name="expected">The number that it has if objects are alike.</param>
    /// <param name="name">The name, only if its number is <see cref="NotKept"/>.</param>
    public int Find(ref Utf8JsonReader reader, int expected, out string? name)
    {
        name = null;
        if (!reader.ValueIsEscaped && expected < _utf8.Count && reader.ValueSpan.SequenceEqual(_utf8[expected]))
        {
            return expected;
        }

        string written = reader.GetString()!;
        if (_numbers.TryGetValue(written, out int number))
        {
            return number;
        }

        foreach (int stated in _statedOnly)
        {
            if (_names[stated].Equals(written.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                _numbers.Add(written, stated);
                return stated;
            }
        }

        if (_names.Count < MostKept)
        {
            return Add(written);
        }

        name = written;
        return NotKept;
    }
}
