namespace Billing.Simulation.Tests.Schedules;

/// <summary>The entries of a schedule. Sources draw from one pool, so that they overlap; an id may have several versions, so that they contradict each other.</summary>
internal sealed class EntryPool
{
    private static readonly string[] s_parties = ["Acme", "Boulangerie \u00c9toile", "Smith, Sons", "Bob \"The\" Builder", "\u682a\u5f0f\u4f1a\u793e", "Q-Park"];
    private static readonly string[] s_notes = ["", "flour", "two\nlines", "late, again", "\ud83c\udf5e bread", "Q4"];
    private static readonly string[] s_currencies = ["USD", "USD", "CAD", "MXN", "JPY", SourceRow.LateCurrency, SourceRow.LateCurrency];
    private static readonly decimal[] s_amounts = [10m, 12.5m, 0.004m, 999.99m, 0m, -3.25m, 1234567.89m, 0.0000001m, 79228162514264337593543m];

    private readonly List<Entry> _entries = [];

    public EntryPool(Random random)
    {
        int ids = random.Next(4, 16);
        for (int id = 1; id <= ids; id++)
        {
            Entry entry = Make(random, $"i{id}");
            _entries.Add(entry);
            if (random.Next(5) == 0)
            {
                _entries.Add(random.Next(2) == 0 ? entry with { Amount = entry.Amount + 1 } : entry with { Note = "amended" });
            }
        }
    }

    public Entry Any(Random random) => _entries[random.Next(_entries.Count)];

    private static Entry Make(Random random, string id) => new(
        id,
        new DateOnly(2025, 6, 1).AddDays(random.Next(40)),
        s_parties[random.Next(s_parties.Length)],
        random.Next(3) == 0 ? s_amounts[random.Next(s_amounts.Length)] : random.Next(1, 200_000) / 100m,
        s_currencies[random.Next(s_currencies.Length)],
        s_notes[random.Next(s_notes.Length)]);
}
