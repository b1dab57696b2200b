namespace Billing.Settlement;

/// <summary>The pending rows of a store, and what each of them became by now.</summary>
internal sealed class PendingOutcomes
{
    private readonly PendingPairs _pairs;
    private readonly IReadOnlySet<RecordKey> _settled;
    private readonly Dictionary<RecordKey, string> _superseded;

    private PendingOutcomes(IReadOnlyList<PendingItem> within, PendingPairs pairs, IReadOnlySet<RecordKey> settled, Dictionary<RecordKey, string> superseded) =>
        (Within, _pairs, _settled, _superseded) = (within, pairs, settled, superseded);

    /// <summary>The rows within reach.</summary>
    public IReadOnlyList<PendingItem> Within { get; }

    /// <summary>Reads the rows, and the records that may be theirs.</summary>
    /// <param name="store">The store.</param>
    /// <param name="reach">What a run may have changed, or null for all.</param>
    /// <param name="keepsRows">Whether each comes with its row.</param>
    /// <param name="except">A run that is being taken back, or null.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async ValueTask<PendingOutcomes> LoadAsync(IAmendableStore store, PendingReach? reach, bool keepsRows, string? except, CancellationToken cancellationToken)
    {
        List<PendingItem> items = [];
        await foreach (PendingItem item in new PendingReader(store).ReadAsync(keepsRows, cancellationToken).ConfigureAwait(false))
        {
            items.Add(item);
        }

        HashSet<RecordKey> settled = await SettledAsync(store, items, cancellationToken).ConfigureAwait(false);
        HashSet<RecordKey> taken = [.. items.Where(item => settled.Contains(item.Key)).Select(item => item.SettledAs!.Value)];
        List<PendingItem> within = reach is null ? items : Reached(items, reach);
        PendingPairs pairs = new(items.Where(item => !settled.Contains(item.Key)), taken);
        foreach (DateSpan span in DateSpan.Merge(within.Where(item => !settled.Contains(item.Key)).Select(item => item.Window)))
        {
            string?[] scopes = [.. within.Where(item => item.Window.Meets(span)).Select(item => item.Scope).Distinct().Take(2)];
            RecordQuery query = new() { From = span.From, To = span.To, Scope = scopes is [var only] ? only : null };
            await foreach (BillingRecord record in store.QueryAllAsync(query, cancellationToken).ConfigureAwait(false))
            {
                pairs.Add(record);
            }
        }

        Dictionary<RecordKey, string> superseded = reach is null
            ? await PendingDeliveries.SupersededAsync(store, items, except, cancellationToken).ConfigureAwait(false)
            : SupersededBy(within, reach);
        AddOfOneId(superseded, items.Where(item => !settled.Contains(item.Key) && !superseded.ContainsKey(item.Key)));
        return new PendingOutcomes(within, pairs, settled, superseded);
    }

    /// <summary>What closes a row by now, or null if it is open.</summary>
    public string? ResolutionOf(PendingItem item) =>
        _settled.Contains(item.Key) ? item.Resolution
        : _pairs.PostedOf(item) is { } posted ? QuarantinedRecord.Posted(posted, byPerson: false)
        : _superseded.TryGetValue(item.Key, out string? run) ? QuarantinedRecord.Superseded(run)
        : null;

    /// <summary>Whether the layout's terms found its posted record.</summary>
    public bool IsPosted(PendingItem item) => !_settled.Contains(item.Key) && _pairs.PostedOf(item) is not null;

    /// <summary>The records that could be that of a row which is open.</summary>
    public IReadOnlyList<RecordKey> CandidatesOf(PendingItem item) => ResolutionOf(item) is null ? _pairs.CandidatesOf(item) : [];

    /// <summary>Whether a person must say what became of a row.</summary>
    public bool IsAsked(PendingItem item) => CandidatesOf(item).Count > 0;

    // A person's word stands as long as the record is there.
    private static async ValueTask<HashSet<RecordKey>> SettledAsync(IAmendableStore store, List<PendingItem> items, CancellationToken cancellationToken)
    {
        PendingItem[] named = [.. items.Where(item => item.SettledAs is not null)];
        IReadOnlyList<BillingRecord?> records = named.Length == 0 ? [] : await store.FindAllAsync([.. named.Select(item => item.SettledAs!.Value)], cancellationToken).ConfigureAwait(false);
        return [.. named.Where((_, i) => records[i] is not null).Select(item => item.Key)];
    }

    // A row that a run brings may contest the record of another row, and its records those of others: the rows whose windows meet theirs are looked at too.
    private static List<PendingItem> Reached(List<PendingItem> items, PendingReach reach)
    {
        PendingItem[] changed = [.. items.Where(item => reach.Has(item.Key) || (reach.Dates is { } dates && item.Window.Meets(dates)))];
        IReadOnlyList<DateSpan> spans = DateSpan.Merge(changed.Select(item => item.Window));
        HashSet<RecordKey> keys = [.. changed.Select(item => item.Key)];
        HashSet<(string?, string)> ids = [.. changed.Where(item => item.HasId).Select(item => (item.Scope, item.Id!))];
        return [.. items.Where(item => keys.Contains(item.Key) || (item.HasId ? ids.Contains((item.Scope, item.Id!)) : spans.Any(span => item.Window.Meets(span))))];
    }

    // The same authorisation, with another amount or text by now: the row that was delivered last stands for it.
    private static void AddOfOneId(Dictionary<RecordKey, string> superseded, IEnumerable<PendingItem> items)
    {
        foreach (IGrouping<(string? Scope, string? Id), PendingItem> same in items.Where(item => item.HasId).GroupBy(item => (item.Scope, item.Id)))
        {
            PendingItem[] rows = [.. same.OrderBy(item => item.RunId, StringComparer.Ordinal).ThenBy(item => item.Key.ToString(), StringComparer.Ordinal)];
            foreach (PendingItem row in rows[..^1])
            {
                superseded.TryAdd(row.Key, rows[^1].RunId);
            }
        }
    }

    // A row that was left out before stays so until it is delivered again.
    private static Dictionary<RecordKey, string> SupersededBy(IEnumerable<PendingItem> within, PendingReach reach)
    {
        Dictionary<RecordKey, string> superseded = [];
        foreach (PendingItem item in within.Where(item => !reach.Has(item.Key)))
        {
            if (item.SupersededBy is { } earlier)
            {
                superseded.Add(item.Key, earlier);
            }
            else if (reach.Delivery?.Covers(item.Scope, item.Date) is true)
            {
                superseded.Add(item.Key, reach.RunId);
            }
        }

        return superseded;
    }
}
