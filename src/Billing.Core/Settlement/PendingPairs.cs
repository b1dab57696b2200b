namespace Billing.Settlement;

/// <summary>
/// Says which posted record each pending row became: the one with its id; or, of a row without an id, the only one that it can be, if that can be the successor of no other row. It knows every row
/// and every record within reach, so that it says the same in whatever order they came.
/// </summary>
internal sealed class PendingPairs
{
    private readonly IReadOnlySet<RecordKey> _taken;
    private readonly string[] _idColumns;
    private readonly Dictionary<(string Column, string? Scope, string Id), List<PendingItem>> _byId = [];
    private readonly Dictionary<(string? Scope, string Party, string Currency), List<PendingItem>> _byParty = [];
    private readonly Dictionary<RecordKey, RecordKey> _found = [];
    private readonly Dictionary<RecordKey, List<RecordKey>> _candidates = [];
    private readonly Dictionary<RecordKey, int> _claims = [];

    /// <param name="items">The pending rows, without those that a person settled.</param>
    /// <param name="taken">The records that a person named as successors.</param>
    public PendingPairs(IEnumerable<PendingItem> items, IReadOnlySet<RecordKey> taken)
    {
        _taken = taken;
        foreach (PendingItem item in items)
        {
            if (item.HasId)
            {
                Add(_byId, (item.PostedIdColumn, item.Scope, item.Id!), item);
            }
            else if (item is { Terms.Match: not null, PartyForm: { } party })
            {
                Add(_byParty, (item.Scope, party, item.Currency), item);
            }
        }

        _idColumns = [.. _byId.Keys.Select(key => key.Column).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Adds a record, once. Records come by date, then key.</summary>
    public void Add(BillingRecord record)
    {
        if (!TryAddById(record) && !_taken.Contains(record.Key) && PendingItem.FormOf(record.Party) is { } party
            && _byParty.TryGetValue((record.Scope, party, record.Amount.Currency.Code), out List<PendingItem>? items))
        {
            foreach (PendingItem item in items)
            {
                if (MayBecome(item, record))
                {
                    Add(_candidates, item.Key, record.Key);
                    _claims[record.Key] = _claims.GetValueOrDefault(record.Key) + 1;
                }
            }
        }
    }

    /// <summary>The posted record of a row; null if there is none, or if it is not certain.</summary>
    public RecordKey? PostedOf(PendingItem item) =>
        _found.TryGetValue(item.Key, out RecordKey found) ? found
        : CandidatesOf(item) is [var only] && _claims[only] == 1 ? only
        : null;

    /// <summary>The records that could be that of a row without an id.</summary>
    public IReadOnlyList<RecordKey> CandidatesOf(PendingItem item) => _candidates.GetValueOrDefault(item.Key) ?? [];

    /// <summary>The id that a record has in a column: among its attributes, or as its own id.</summary>
    private static string? IdOf(BillingRecord record, string column)
    {
        for (int i = 0; i < record.Attributes.Count; i++)
        {
            if (record.Attributes.Names[i].Trim().Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return Plain(record.Attributes.Values[i]);
            }
        }

        return Plain(record.SourceId);
    }

    private static string? Plain(string? id) => string.IsNullOrWhiteSpace(id) ? null : id.Trim();

    private static bool MayBecome(PendingItem item, BillingRecord record)
    {
        PendingMatch match = item.Terms.Match!;
        decimal pending = item.Amount;
        decimal posted = record.Amount.Amount;
        return record.Date >= item.Date
            && record.Date.DayNumber - item.Date.DayNumber <= match.Days
            && Math.Sign(pending) == Math.Sign(posted)
            && Math.Abs(posted - pending) <= Math.Max(match.Amount, Math.Abs(pending) / 100 * match.Percent)
            // Where ids tell pairs apart, a record that has one is of the row that has it.
            && (item.Terms.Id is null || IdOf(record, item.PostedIdColumn) is null);
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<TValue>? list))
        {
            lists.Add(key, list = []);
        }

        list.Add(value);
    }

    private bool TryAddById(BillingRecord record)
    {
        bool found = false;
        foreach (string column in _idColumns)
        {
            if (IdOf(record, column) is { } id && _byId.TryGetValue((column, record.Scope, id), out List<PendingItem>? items))
            {
                foreach (PendingItem item in items.Where(item => item.Window.Meets(new DateSpan(record.Date, record.Date))))
                {
                    found = true;

                    // A transaction that is posted in parts has several records; the first stands for them.
                    _ = _found.TryAdd(item.Key, record.Key);
                }
            }
        }

        return found;
    }
}
