using Billing.Amendments;
using Billing.Reports;

namespace Billing.Runs;

/// <summary>Makes a delivery the whole of its scope and period: what changed is superseded by its successor, and what it no longer holds is superseded by nothing.</summary>
internal sealed class Supersession(IAmendableStore ledger, Delivery delivery, string runId, RunContent? content)
{
    private const int AtOnce = 20_000;

    private readonly TotalsAccumulator _superseded = new();
    private readonly Lock _lock = new();

    /// <summary>The rows and the money of the records that were superseded.</summary>
    public ControlTotals Superseded => _superseded.ToControlTotals();

    /// <summary>Stores what was in conflict with an earlier delivery in place of what is stored.</summary>
    /// <returns>The outcomes, with those records as stored. A conflict within the source stays one.</returns>
    public async ValueTask<IReadOnlyList<WriteOutcome>> ReplaceAsync(IReadOnlyList<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        int[] conflicts = [.. Enumerable.Range(0, outcomes.Count).Where(i => outcomes[i].Kind == WriteOutcomeKind.Conflict)];
        if (conflicts.Length == 0)
        {
            return outcomes;
        }

        WriteOutcome[] replaced = [.. outcomes];
        IReadOnlyList<BillingRecord?> stored = await ledger.FindAllAsync([.. conflicts.Select(i => records[i].Key)], cancellationToken).ConfigureAwait(false);
        EntryChanges changes = new(ledger, runId);
        HashSet<RecordKey> done = [];
        foreach ((BillingRecord? before, int i) in stored.Zip(conflicts))
        {
            // Two rows of one source under one key: only the first replaces; the other stays in conflict with it.
            if (before is not null && before.RunId != runId && delivery.Covers(before.Scope, before.Date) && done.Add(before.Key))
            {
                content?.Change(before.Key);
                await changes.AddAsync(before, records[i], cancellationToken).ConfigureAwait(false);
                Add(before);
                replaced[i] = WriteOutcome.Stored;
            }
        }

        await changes.FlushAsync(cancellationToken).ConfigureAwait(false);
        return replaced;
    }

    /// <summary>Supersedes what the source does not hold. All that it holds is stored, and noted as delivered.</summary>
    public async ValueTask FinishAsync(CancellationToken cancellationToken)
    {
        RecordQuery whole = new() { Scope = delivery.Scope, From = delivery.From, To = delivery.To };
        List<BillingRecord> others = [];
        await foreach (BillingRecord record in ledger.QueryAllAsync(whole, cancellationToken).ConfigureAwait(false))
        {
            if (record.RunId != runId)
            {
                others.Add(record);
                if (others.Count == AtOnce)
                {
                    await SupersedeAsync(others, cancellationToken).ConfigureAwait(false);
                    others.Clear();
                }
            }
        }

        await SupersedeAsync(others, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SupersedeAsync(List<BillingRecord> records, CancellationToken cancellationToken)
    {
        Dictionary<KeyPrefix, BillingRecord> missing = records.ToDictionary(record => KeyPrefix.Of(record.Key));
        if (missing.Count == 0)
        {
            return;
        }

        await foreach (DeliveredRow row in DeliveredRows.ReadAsync(ledger, DeliveredRows.Duplicates, runId, cancellationToken).ConfigureAwait(false))
        {
            missing.Remove(row.Key);
        }

        EntryChanges changes = new(ledger, runId);
        foreach (BillingRecord record in missing.Values)
        {
            content?.Change(record.Key);
            await changes.AddAsync(record, null, cancellationToken).ConfigureAwait(false);
            Add(record);
        }

        await changes.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Add(BillingRecord record)
    {
        lock (_lock)
        {
            _superseded.AddRow(record.Amount.Currency.Code, record.Amount.Amount);
        }
    }
}
