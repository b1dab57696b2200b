using System.Text.Json;
using Billing.Layouts;
using Billing.Rows;
using Billing.Texts;
using Billing.Values;

namespace Billing.Json;

/// <summary>Turns an object into a <see cref="ParsedRow"/>.</summary>
internal sealed class JsonRowMapper(JsonNames names, ColumnMap columns, SourceLayout layout)
{
    private readonly RowMapper _roles = new(columns, layout);
    private readonly string[] _paths = [.. columns.Named.Select(names.PathOf).OfType<string>()];
    private readonly JsonShapes _shapes = new(names, columns);
    private readonly List<TextPool> _pools = [];

    private const int MostPools = 1_000;

    /// <summary>The warnings about the columns, for the report.</summary>
    public IReadOnlyList<string> Warnings => columns.Warnings;

    /// <summary>What is told at the end of the rows that were read; null if nothing is.</summary>
    public string? Warning => _roles.Warning;

    /// <summary>Fills <paramref name="row"/> with what can be read.</summary>
    public RowFault? Map(JsonObject members, ParsedRow row, RowFault? textFault)
    {
        RowFault? fault = _roles.Map(new JsonFields(members, names), row, textFault ?? Repeated(members));
        row.Amount = fault?.Reason == QuarantineReason.BadJson ? null : row.Amount;
        if (fault is null)
        {
            row.Attributes = ReadAttributes(members);
        }

        return fault;
    }

    /// <summary>Lets a sample look at an object that was mapped.</summary>
    public void Show(JsonObject members, ParsedRow row, RowSample? sample)
    {
        if (sample is not null && sample.Takes())
        {
            sample.Begin(columns);
            sample.Note(new JsonFields(members, names), row);
        }
    }

    // A repeated member at the top of an object is found when the object is read; a nested one, only if a column leads to it.
    private RowFault? Repeated(JsonObject members)
    {
        foreach (string path in _paths)
        {
            members.ValueAt(path, out _, out int found);
            if (found > 1)
            {
                return new(QuarantineReason.BadJson, $"The member '{Excerpt.Of(path)}' appears twice, so its value is not certain. Correct the source.");
            }
        }

        return null;
    }

    private RecordAttributes ReadAttributes(JsonObject members)
    {
        int count = 0;
        foreach (JsonMember member in members.Members)
        {
            count += _shapes.IsAttribute(member) ? 1 : 0;
        }

        if (count == 0)
        {
            return RecordAttributes.Empty;
        }

        string?[] values = new string?[count];
        int at = 0;
        foreach (JsonMember member in members.Members)
        {
            if (_shapes.IsAttribute(member))
            {
                ReadOnlySpan<byte> value = members.ValueOf(member);
                values[at] = member.Kind == JsonTokenType.Null || _roles.Columns.IsNull(value) ? null : PoolOf(at).Get(value);
                at++;
            }
        }

        (string[] attributes, bool[] ignored) = _shapes.Of(members.Members, count);
        return RecordAttributes.Of(attributes, values, ignored);
    }

    // Objects with very many members would fill the memory with pools.
    private TextPool PoolOf(int place)
    {
        place = Math.Min(place, MostPools);
        while (_pools.Count <= place)
        {
            _pools.Add(new TextPool());
        }

        return _pools[place];
    }
}
