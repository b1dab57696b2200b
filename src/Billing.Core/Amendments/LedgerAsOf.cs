using System.Runtime.CompilerServices;
using Billing.Storage;

namespace Billing.Amendments;

/// <summary>A ledger as it was when a run or an entry had ended. It can only be read.</summary>
internal sealed class LedgerAsOf : IBillingStore
{
    private readonly IAmendableStore _store;
    private readonly string _id;
    private readonly Dictionary<RecordKey, BillingRecord?> _before;
    private readonly BillingRecord[] _back;

    private LedgerAsOf(IAmendableStore store, string id, Dictionary<RecordKey, BillingRecord?> before)
    {
        _store = store;
        _id = id;
        _before = before;
        _back = [.. before.Values.OfType<BillingRecord>().Where(record => WasThere(record.RunId)).OrderBy(RecordPosition.Of)];
    }

    public string Name => $"{_store.Name} as of {_id}";

    public static async ValueTask<LedgerAsOf> LoadAsync(IAmendableStore store, string id, CancellationToken cancellationToken)
    {
        // The first change after that moment says what was there.
        Dictionary<RecordKey, BillingRecord?> before = [];
        await foreach (RecordChange change in ChangeDocuments.AllAsync(store, entryId: null, cancellationToken).ConfigureAwait(false))
        {
            if (string.CompareOrdinal(change.EntryId, id) > 0)
            {
                before.TryAdd(change.Key, change.From);
            }
        }

        return new LedgerAsOf(store, id, before);
    }

    public async ValueTask<BillingRecord?> FindAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _before.TryGetValue(key, out BillingRecord? before)
            ? before is not null && WasThere(before.RunId) ? before : null
            : await _store.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } now && WasThere(now.RunId) ? now : null;

    public async ValueTask<Page<BillingRecord>> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PageBuilder<BillingRecord, RecordPosition> page = StorePages.Of(query);
        bool isFirst = !page.TryGetAfter(out RecordPosition after);

        // What comes before the day of the position need not be read again.
        RecordQuery rest = isFirst || after.Date <= query.From ? query : query with { From = after.Date };
        await foreach (BillingRecord record in AllAsync(rest with { ContinuationToken = null }, cancellationToken).ConfigureAwait(false))
        {
            if ((isFirst || RecordPosition.Of(record) > after) && !page.Add(record))
            {
                break;
            }
        }

        return page.ToPage();
    }

    public async ValueTask<IReadOnlyList<SummaryRow>> SummarizeAsync(SummaryBy by, RecordQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        SummaryTotals totals = new();
        await foreach (BillingRecord record in AllAsync(query with { ContinuationToken = null }, cancellationToken).ConfigureAwait(false))
        {
            totals.Add(by, record);
        }

        return totals.ToRows();
    }

    public async ValueTask<IngestReport?> FindRunAsync(string runId, CancellationToken cancellationToken = default) =>
        WasThere(runId) && await _store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false) is { } run ? Then(run) : null;

    public async ValueTask<Page<IngestReport>> GetRunsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        PageBuilder<IngestReport, string> built = StorePages.OfRuns(page);
        bool isFirst = !built.TryGetAfter(out string? after);
        await foreach (IngestReport run in _store.GetAllRunsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (WasThere(run.RunId) && (isFirst || UnicodeText.Order.Compare(run.RunId, after) < 0) && !built.Add(Then(run)))
            {
                break;
            }
        }

        return built.ToPage();
    }

    public ValueTask<Page<QuarantinedRecord>> GetQuarantineAsync(QuarantineQuery query, CancellationToken cancellationToken = default) => throw ReadOnly("lists its quarantine");

    public ValueTask ResolveQuarantineAsync(IReadOnlyList<RecordKey> keys, string resolution, CancellationToken cancellationToken = default) => throw ReadOnly("closes rows of its quarantine");

    public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default) => throw ReadOnly("stores records");

    public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default) => throw ReadOnly("keeps rows");

    public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default) => throw ReadOnly("keeps runs");

    public override string ToString() => Name;

    private NotSupportedException ReadOnly(string what) => new($"{Name} is a view of what was: nothing {what} there. Use the store itself.");

    private bool WasThere(string runId) => string.CompareOrdinal(runId, _id) <= 0;

    private IngestReport Then(IngestReport run) => run.RevertedBy is { } entry && !WasThere(entry) ? run with { RevertedBy = null } : run;

    // Both in the order of positions, each without the records of the other.
    private async IAsyncEnumerable<BillingRecord> AllAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int next = 0;
        await foreach (BillingRecord now in _store.QueryAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (_before.ContainsKey(now.Key) || !WasThere(now.RunId))
            {
                continue;
            }

            for (; next < _back.Length && RecordPosition.Of(_back[next]) < RecordPosition.Of(now); next++)
            {
                if (query.Matches(_back[next]))
                {
                    yield return _back[next];
                }
            }

            yield return now;
        }

        for (; next < _back.Length; next++)
        {
            if (query.Matches(_back[next]))
            {
                yield return _back[next];
            }
        }
    }
}
