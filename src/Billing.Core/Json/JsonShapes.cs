using Billing.Layouts;

namespace Billing.Json;

/// <summary>Keeps the attribute names of recent objects, and which of them are ignored, so that objects with the same names share the arrays.</summary>
internal sealed class JsonShapes(JsonNames names, ColumnMap columns)
{
    private const int MostShapes = 16;

    private readonly List<(int[] Numbers, string[] Names, bool[] Ignored)> _shapes = [];
    private readonly bool[] _isAttribute = IsAttribute(columns);

    /// <summary>Whether a member is an attribute: those that later objects add always are.</summary>
    public bool IsAttribute(in JsonMember member) =>
        member.Number < 0 || member.Number >= _isAttribute.Length || _isAttribute[member.Number];

    /// <summary>Returns the names of the attributes of an object, in its order, and for each whether it is ignored; empty if none is.</summary>
    public (string[] Names, bool[] Ignored) Of(ReadOnlySpan<JsonMember> members, int attributes)
    {
        for (int i = 0; i < _shapes.Count; i++)
        {
            if (Fits(_shapes[i].Numbers, members, attributes))
            {
                return (_shapes[i].Names, _shapes[i].Ignored);
            }
        }

        int[] numbers = new int[attributes];
        string[] found = new string[attributes];
        int at = 0;
        foreach (JsonMember member in members)
        {
            if (IsAttribute(member))
            {
                numbers[at] = member.Number;
                found[at++] = member.Name ?? (member.Number < columns.Names.Count ? columns.Names[member.Number] : names.All[member.Number]);
            }
        }

        bool[] ignored = RecordAttributes.PlacesOf(found, columns.Ignored.Has);
        if (!numbers.Contains(JsonNames.NotKept))
        {
            if (_shapes.Count == MostShapes)
            {
                _shapes.RemoveAt(MostShapes - 1);
            }

            _shapes.Insert(0, (numbers, found, ignored));
        }

        return (found, ignored);
    }

    private bool Fits(int[] numbers, ReadOnlySpan<JsonMember> members, int attributes)
    {
        if (numbers.Length != attributes)
        {
            return false;
        }

        int at = 0;
        foreach (JsonMember member in members)
        {
            if (IsAttribute(member) && numbers[at++] != member.Number)
            {
                return false;
            }
        }

        return true;
    }

    private static bool[] IsAttribute(ColumnMap columns)
    {
        bool[] attributes = new bool[columns.Names.Count];
        foreach (int column in columns.Attributes)
        {
            attributes[column] = true;
        }

        return attributes;
    }
}
