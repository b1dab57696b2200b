using System.Globalization;

namespace Billing.Stores;

/// <summary>Collects the fields that differ.</summary>
internal sealed class FieldComparer
{
    private List<FieldDifference>? _differences;

    public IReadOnlyList<FieldDifference> Differences => _differences ?? (IReadOnlyList<FieldDifference>)[];

    public void Text(string field, string? one, string? other)
    {
        if (!string.Equals(one, other, StringComparison.Ordinal))
        {
            (_differences ??= []).Add(new FieldDifference(field, one, other));
        }
    }

    public void Source(RecordSource one, RecordSource other)
    {
        Text("source.name", one.Name, other.Name);
        Text("source.line", one.Line.ToString(CultureInfo.InvariantCulture), other.Line.ToString(CultureInfo.InvariantCulture));
        Text("source.byteOffset", one.ByteOffset.ToString(CultureInfo.InvariantCulture), other.ByteOffset.ToString(CultureInfo.InvariantCulture));
    }

    // The order matters: it is that of the source's columns.
    public void Attributes(RecordAttributes one, RecordAttributes other)
    {
        if (!one.Names.SequenceEqual(other.Names))
        {
            Text("attributes", string.Join(", ", one.Select(pair => pair.Key)), string.Join(", ", other.Select(pair => pair.Key)));
        }

        Text("attributes.ignored", string.Join(", ", one.Ignored), string.Join(", ", other.Ignored));
        foreach ((string name, string? value) in one)
        {
            if (other.TryGetValue(name, out string? otherValue))
            {
                Text("attributes." + name, value, otherValue);
            }
        }
    }
}
