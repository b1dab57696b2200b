namespace Billing.Simulation.Tests.Schedules;

/// <summary>Makes the sources of a schedule: new ones, and ones that overlap with, amend or correct an earlier one.</summary>
internal sealed class DeliveryGenerator(Random random, EntryPool pool, bool negativesAreRefused)
{
    private static readonly string[] s_names = ["june", "july", "bank"];
    private static readonly string?[] s_scopes = [null, null, null, "north", "south"];

    public List<ScheduledDelivery> Deliveries { get; } = [];

    /// <summary>Adds a source that has nothing but the pool in common with others.</summary>
    public int AddNew()
    {
        bool isJson = random.Next(4) == 0;
        bool mayHaveStrays = random.Next(3) == 0;
        List<SourceRow> rows = [];
        for (int count = random.Next(1, 18); rows.Count < count;)
        {
            rows.Add(NewRow(isJson, mayHaveStrays));
        }

        return Add(new ScheduledDelivery
        {
            Number = Deliveries.Count,
            Name = s_names[random.Next(s_names.Length)] + (isJson ? ".jsonl" : ".csv"),
            Scope = s_scopes[random.Next(s_scopes.Length)],
            IsJson = isJson,
            Rows = rows,
            LineBreak = random.Next(4) == 0 ? "\r\n" : "\n",
            HasMark = random.Next(5) == 0,
            IsGzip = random.Next(6) == 0,
            EndsWithBreak = random.Next(4) != 0,
        });
    }

    /// <summary>Adds a source like an earlier one, with rows inserted, removed, replaced or moved, often under the same name.</summary>
    public int AddLike(ScheduledDelivery earlier)
    {
        List<SourceRow> rows = [.. earlier.Rows];
        bool mayHaveStrays = !earlier.IsJson && rows.TrueForAll(RowTexts.StandsAlone);
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(rows.Count);
            SourceRow row = NewRow(earlier.IsJson, mayHaveStrays);
            switch (random.Next(4))
            {
                case 0:
                    rows.Insert(at, row);
                    break;
                case 1 when rows.Count > 1:
                    rows.RemoveAt(at);
                    break;
                case 2:
                    rows.Add(rows[at]);
                    break;
                default:
                    rows[at] = row;
                    break;
            }
        }

        return Add(new ScheduledDelivery
        {
            Number = Deliveries.Count,
            Name = random.Next(3) > 0 ? earlier.Name : "again-" + earlier.Name,
            Scope = random.Next(5) > 0 ? earlier.Scope : s_scopes[random.Next(s_scopes.Length)],
            IsJson = earlier.IsJson,
            Rows = rows,
            LineBreak = earlier.LineBreak,
            HasMark = earlier.HasMark,
            EndsWithBreak = earlier.EndsWithBreak,
        });
    }

    // Where a quote is left open, a later row with quotes may close it: then nobody can say how many rows there are.
    private SourceRow NewRow(bool isJson, bool mayHaveStrays)
    {
        Entry entry = pool.Any(random);
        bool isPlain = mayHaveStrays && !isJson;
        if (random.Next(5) == 0)
        {
            return RowTexts.Bad(entry, isJson, isPlain, random);
        }

        bool isAlone = !isPlain || RowTexts.StandsAlone(new SourceRow("", entry));
        SourceRow row = RowTexts.Clean(isAlone ? entry : entry with { Party = "Acme", Note = "" }, isJson, random);
        return negativesAreRefused && entry.Amount < 0 ? row with { Entry = null } : row;
    }

    private int Add(ScheduledDelivery delivery)
    {
        Deliveries.Add(delivery);
        return delivery.Number;
    }
}
