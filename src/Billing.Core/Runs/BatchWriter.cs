using System.Diagnostics;
using Billing.Amendments;
using Billing.Reports;
using Billing.Rows;
using Billing.Values;

namespace Billing.Runs;

/// <summary>Writes batches to the ledger and its followers, in the order that keeps a killed run repeatable: quarantine, records, then what the ledger did not take.</summary>
internal sealed class BatchWriter(IReadOnlyList<IBillingSink> sinks, RunTally tally, string runId, DeliveredRows delivered, RemovedRows removed, Supersession? supersession = null)
{
    private Task<bool>? _mayBeReverted;
    private readonly SortedDictionary<string, long> _followerTrouble = new(StringComparer.Ordinal);
    private readonly StoredTally[] _followers = [.. sinks.Skip(1).Select(_ => new StoredTally())];

    /// <summary>What the seal of the run covers; null if it is not sealed.</summary>
    public RunContent? Content { get; init; }

    /// <summary>What each follower reported that it stored of the run's own records, in order.</summary>
    public IReadOnlyList<RunTotals> Followers => [.. _followers.Select(follower => follower.Totals)];

    /// <summary>Warnings about what followers did not take.</summary>
    public IEnumerable<string> Warnings => _followerTrouble.Select(pair => $"{pair.Key}: {pair.Value} rows");

    /// <summary>Closes the quarantined rows that the run has stored. The ledger comes last, so that a run that is killed in between finds them open again.</summary>
    public async ValueTask CloseQuarantineAsync(IReadOnlyList<RecordKey> keys, CancellationToken cancellationToken)
    {
        foreach (IBillingStore store in sinks.Reverse().OfType<IBillingStore>())
        {
            await store.ResolveQuarantineAsync(keys, runId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stores the quarantine of a batch, then writes its records to the ledger. It tallies nothing, because several calls may be in progress.</summary>
    /// <returns>The outcome of each record, in order.</returns>
    public async ValueTask<IReadOnlyList<WriteOutcome>> StoreAsync(Batch batch, CancellationToken cancellationToken)
    {
        await WriteQuarantineAsync(batch.Quarantined, cancellationToken).ConfigureAwait(false);
        batch.IsQuarantineKept = true;
        if (batch.Records.Count == 0)
        {
            return [];
        }

        IReadOnlyList<WriteOutcome> outcomes = await removed.WriteAsync(batch.Records, batch.Pending, records => WriteRecordsAsync(sinks[0], records, cancellationToken)).ConfigureAwait(false);
        return supersession is null ? outcomes : await supersession.ReplaceAsync(batch.Records, outcomes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tallies the quarantine of a batch, if it was stored.</summary>
    public void TallyKept(Batch batch)
    {
        if (batch.IsQuarantineKept)
        {
            batch.Quarantined.ForEach(tally.Quarantined);
        }
    }

    /// <summary>Tallies what the ledger has of a batch at once, so that the report of the run has it even if something fails later.</summary>
    public void TallyHeld(Batch batch, IReadOnlyList<WriteOutcome> outcomes)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                tally.Stored(batch.Pending[i]);
            }
            else if (outcomes[i].Kind == WriteOutcomeKind.Duplicate)
            {
                tally.Duplicate(batch.Pending[i], outcomes[i].StoredSource);
                if (outcomes[i] == RemovedRows.Outcome)
                {
                    tally.Removed(batch.Pending[i]);
                }
            }
        }
    }

    /// <summary>Quarantines and tallies what the ledger did not take of a batch, then updates the followers.</summary>
    /// <param name="quarantine">Creates the quarantined record of a row that the ledger did not take.</param>
    public async ValueTask FollowAsync(Batch batch, IReadOnlyList<WriteOutcome> outcomes, Func<ParsedRow, RowFault, QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        (List<QuarantinedRecord> refused, List<QuarantinedRecord> conflicts) = NotTaken(batch, outcomes, quarantine);
        await WriteQuarantineAsync([.. refused, .. conflicts], cancellationToken).ConfigureAwait(false);
        refused.ForEach(tally.Quarantined);
        TallyConflicts(batch.Pending, outcomes);
        await NoteDeliveredAsync(batch, outcomes, [.. batch.Quarantined, .. refused, .. conflicts], cancellationToken).ConfigureAwait(false);
        await FollowAsync(batch.Records, outcomes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the notes of what the run delivered that are not written yet.</summary>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => delivered.FlushAsync(cancellationToken);

    private async ValueTask NoteDeliveredAsync(Batch batch, IReadOnlyList<WriteOutcome> outcomes, List<QuarantinedRecord> quarantined, CancellationToken cancellationToken)
    {
        foreach (QuarantinedRecord row in quarantined)
        {
            await delivered.AddQuarantinedAsync(row, cancellationToken).ConfigureAwait(false);
        }

        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Duplicate)
            {
                await delivered.AddDuplicateAsync(batch.Pending[i].Key, batch.Pending[i].Fingerprint, batch.Pending[i].Source, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void TallyConflicts(IReadOnlyList<PendingRecord> records, IReadOnlyList<WriteOutcome> outcomes)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Conflict)
            {
                tally.Conflict(records[i]);
            }
        }
    }

    private static (List<QuarantinedRecord> Refused, List<QuarantinedRecord> Conflicts) NotTaken(Batch batch, IReadOnlyList<WriteOutcome> outcomes, Func<ParsedRow, RowFault, QuarantinedRecord> quarantine)
    {
        List<QuarantinedRecord> refused = [];
        List<QuarantinedRecord> conflicts = [];
        for (int i = 0; i < outcomes.Count; i++)
        {
            switch (outcomes[i].Kind)
            {
                case WriteOutcomeKind.Refused:
                    refused.Add(quarantine(batch.Pending[i].Row, new RowFault(QuarantineReason.Refused, outcomes[i].Detail ?? "The store refused the record.")));
                    break;
                case WriteOutcomeKind.Conflict:
                    conflicts.Add(quarantine(batch.Pending[i].Row, new RowFault(QuarantineReason.Conflict, outcomes[i].Detail ?? "The key is stored with other content.")));
                    break;
            }
        }

        return (refused, conflicts);
    }

    private static async ValueTask<IReadOnlyList<WriteOutcome>> WriteRecordsAsync(IBillingSink sink, IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken)
    {
        using Activity? activity = RunTelemetry.StoreWrite(sink.Name, records.Count);
        IReadOnlyList<WriteOutcome> outcomes;
        try
        {
            outcomes = await sink.WriteAsync(records, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            RunTelemetry.Failed(activity, exception);
            throw;
        }

        return outcomes.Count == records.Count
            ? outcomes
            : throw new InvalidOperationException($"The sink {sink.Name} gave {outcomes.Count} outcomes for {records.Count} records. That breaks the contract of IBillingSink.");
    }

    private async ValueTask WriteQuarantineAsync(List<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        Content?.Quarantine(records);
        foreach (IBillingSink sink in sinks)
        {
            await sink.WriteQuarantineAsync(records, cancellationToken).ConfigureAwait(false);
        }

        await ReopenAsync(records, cancellationToken).ConfigureAwait(false);
    }

    // A row whose run was taken back is closed. Delivered again, it is open again.
    private async ValueTask ReopenAsync(List<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        _mayBeReverted ??= sinks[0] is IAmendableStore ledger ? Documents.AnyAsync(ledger, EntryDocuments.Kind, cancellationToken).AsTask() : Task.FromResult(false);
        if (await _mayBeReverted.ConfigureAwait(false))
        {
            RecordKey[] keys = [.. records.Select(record => record.Key)];
            foreach (IAmendableStore store in sinks.OfType<IAmendableStore>())
            {
                await store.ReopenQuarantineAsync(keys, QuarantineReversal.Resolution, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask FollowAsync(IReadOnlyList<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (sinks.Count == 1)
        {
            return;
        }

        // Followers get duplicates too, so that one that missed them in a run that ended early catches up.
        List<BillingRecord> held = await HeldAsync(records, outcomes, cancellationToken).ConfigureAwait(false);
        int stored = outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.Stored);
        for (int i = 0; held.Count > 0 && i < _followers.Length; i++)
        {
            IReadOnlyList<WriteOutcome> followed = await WriteRecordsAsync(sinks[i + 1], held, cancellationToken).ConfigureAwait(false);
            Note(i, held, followed);
            await NoteBroughtAsync(i, [.. held.Take(stored).Where((_, at) => followed[at].Kind == WriteOutcomeKind.Duplicate)], cancellationToken).ConfigureAwait(false);
        }
    }

    // What the ledger has just stored, a run at the same time may have met there and brought to the follower before this one could.
    private async ValueTask NoteBroughtAsync(int follower, List<BillingRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count > 0 && sinks[follower + 1] is IBillingStore store)
        {
            foreach (BillingRecord? record in await store.FindAllAsync([.. records.Select(record => record.Key)], cancellationToken).ConfigureAwait(false))
            {
                if (record?.RunId == runId)
                {
                    _followers[follower].Add(record.Amount, record.ReportingAmount);
                }
            }
        }
    }

    private void Note(int follower, List<BillingRecord> held, IReadOnlyList<WriteOutcome> outcomes)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored && held[i].RunId == runId)
            {
                _followers[follower].Add(held[i].Amount, held[i].ReportingAmount);
            }
            else if (outcomes[i].Kind is WriteOutcomeKind.Conflict or WriteOutcomeKind.Refused)
            {
                Trouble($"{sinks[follower + 1].Name} follows the ledger but did not take records ({outcomes[i].Kind.ToString().ToLowerInvariant()})");
            }
        }
    }

    private void Trouble(string trouble) => _followerTrouble[trouble] = _followerTrouble.GetValueOrDefault(trouble) + 1;

    // Followers get what the ledger stored: this run may have made other records of the same content, at another rate or under other rules.
    private async ValueTask<List<BillingRecord>> HeldAsync(IReadOnlyList<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        List<BillingRecord> held = [.. records.Where((_, i) => outcomes[i].Kind == WriteOutcomeKind.Stored)];
        List<BillingRecord> duplicates = [.. records.Where((_, i) => outcomes[i].Kind == WriteOutcomeKind.Duplicate && outcomes[i] != RemovedRows.Outcome)];
        if (duplicates.Count == 0 || sinks[0] is not IBillingStore ledger)
        {
            return [.. held, .. duplicates];
        }

        IReadOnlyList<BillingRecord?> stored = await ledger.FindAllAsync([.. duplicates.Select(record => record.Key)], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < stored.Count; i++)
        {
            if (stored[i] is { } record)
            {
                held.Add(record.WithAlertSubjectsOf(duplicates[i]));
            }
            else
            {
                Trouble($"{sinks[0].Name} no longer has records that it reported as duplicates; its followers did not get them");
            }
        }

        return held;
    }
}
