using System.Globalization;
using Billing.Rows;
using Billing.Runs;

namespace Billing.Core.Tests.Runs;

/// <summary>Ids that come again with other content, in bounded memory.</summary>
public sealed class RepeatedIdsTests
{
    [Fact]
    public void No_id_is_taken_for_another()
    {
        RepeatedIds ids = new();
        string[] shapes = ["{0}", "{0:00000000}", "INV-2025-{0:0000}", "{0:X}", "x{0}y{0}", "\0{0}", "2025-06-{0}/a long id of very many characters"];
        for (int i = 0; i < RepeatedIds.MostIds / shapes.Length; i++)
        {
            foreach (string shape in shapes)
            {
                // Numbers stand in two of the shapes alike; a letter tells those apart.
                string id = string.Format(CultureInfo.InvariantCulture, shape, i) + (char)('a' + Array.IndexOf(shapes, shape));
                ids.Note([Record(sourceId: id, scope: (i % 3) switch { 0 => null, 1 => "", _ => "a" })]);
            }
        }

        Assert.Null(ids.Warning);
    }

    [Fact]
    public void Scope_and_id_do_not_run_together()
    {
        RepeatedIds ids = new();
        foreach ((string? scope, string id) in ((string?, string)[])[(null, "ab"), ("", "ab"), ("a", "b"), ("ab", "ab"), ("ab", "a"), (null, "a\0"), (null, "a"), (null, "\0a")])
        {
            ids.Note([Record(sourceId: id, scope: scope)]);
        }

        Assert.Null(ids.Warning);
        ids.Note([Record(sourceId: "b", scope: "a", line: 77)]);
        Assert.StartsWith("1 row has the id of an earlier row but other content, first on line 77;", ids.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_more_ids_than_are_remembered_the_first_are_known()
    {
        RepeatedIds ids = new();
        for (int i = 0; i < RepeatedIds.MostIds + 1_000; i++)
        {
            ids.Note([Record(sourceId: i.ToString(CultureInfo.InvariantCulture))]);
        }

        Assert.Null(ids.Warning);
        ids.Note([Record(sourceId: "5")]);
        Assert.NotNull(ids.Warning);
    }

    private static PendingRecord Record(string sourceId, string? scope = null, long line = 2)
    {
        Money amount = new(1m, Currency.Usd);
        ParsedRow row = new() { Line = line, ByteOffset = 0, Raw = default, RawLength = 0, SourceId = sourceId };
        PendingRecord record = new();
        record.Begin(row, "june.csv", scope, "run-1", amount, amount, null);
        record.Occurrence = 1;
        return record;
    }
}
