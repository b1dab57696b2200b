using System.Text;
using Billing.Texts;

namespace Billing.Inspection;

/// <summary>The values of one column of a sample.</summary>
internal sealed class ColumnValues
{
    private const int Shown = 3;

    private readonly List<byte[]> _values = [];

    /// <summary>The values that are not empty, in UTF-8.</summary>
    public IReadOnlyList<byte[]> Values => _values;

    /// <summary>Whether all values are JSON numbers, whose format a layout does not set.</summary>
    public bool AreJsonNumbers { get; private set; } = true;

    /// <summary>The first values, for people.</summary>
    public IReadOnlyList<string> Sample => [.. _values.Take(Shown).Select(Encoding.UTF8.GetString)];

    public void Add(ReadOnlySpan<byte> value, bool isJsonNumber)
    {
        if (Utf8Text.Trim(value).Length > 0)
        {
            _values.Add(value.ToArray());
            AreJsonNumbers &= isJsonNumber;
        }
    }

    /// <summary>Removes the values that mean null.</summary>
    public void RemoveAll(Func<byte[], bool> meansNull) => _values.RemoveAll(value => meansNull(value));
}
