using Billing.Parsing;

namespace Billing.Runs;

/// <summary>Writes batches to the ledger and what follows it, in the order that keeps a killed run repeatable: quarantine, records, then what the ledger did not take.</summary>
internal sealed class BatchWriter(IReadOnlyList<IBillingSink> sinks, RunTally tally)
{
    private readonly SortedDictionary<string, long> _followerTrouble = new(StringComparer.Ordinal);

    /// <summary>What followers did not take, said to people.</summary>
    public IEnumerable<string> Warnings => _followerTrouble.Select(pair => $"{pair.Key}: {pair.Value} rows");

    /// <summary>Writes one batch and tallies its outcomes.</summary>
    /// <param name="quarantine">Keeps a row that the ledger did not take.</param>
    /// <returns>The outcome of each record, in order.</returns>
    public async ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(Batch batch, Func<ParsedRow, RowFault, QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        await WriteQuarantineAsync(batch.Quarantined, cancellationToken).ConfigureAwait(false);
        batch.Quarantined.ForEach(tally.Quarantined);
        if (batch.Records.Count == 0)
        {
            return [];
        }

        IReadOnlyList<WriteOutcome> outcomes = await WriteRecordsAsync(sinks[0], batch.Records, cancellationToken).ConfigureAwait(false);

        // At once: whatever fails from here on, the report of the failed run says what the ledger has.
        TallyHeld(batch.Records, outcomes);
        (List<QuarantinedRecord> refused, List<QuarantinedRecord> conflicts) = NotTaken(batch, outcomes, quarantine);
        await WriteQuarantineAsync([.. refused, .. conflicts], cancellationToken).ConfigureAwait(false);
        refused.ForEach(tally.Quarantined);
        TallyConflicts(batch.Records, outcomes);
        await FollowAsync(batch.Records, outcomes, cancellationToken).ConfigureAwait(false);
        return outcomes;
    }

    private void TallyHeld(List<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes)
    {
        for (int i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Kind == WriteOutcomeKind.Stored)
            {
                tally.Stored(records[i]);
            }
            else if (outcomes[i].Kind == WriteOutcomeKind.Duplicate)
            {
                tally.Duplicate(records[i], outcomes[i].StoredSource);
            }
        }
    }

    private void TallyConflicts(List<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes)
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
                    refused.Add(quarantine(batch.Rows[i], new RowFault(QuarantineReason.Refused, outcomes[i].Detail ?? "The store refused the record.")));
                    break;
                case WriteOutcomeKind.Conflict:
                    conflicts.Add(quarantine(batch.Rows[i], new RowFault(QuarantineReason.Conflict, outcomes[i].Detail ?? "The key is stored with other content.")));
                    break;
            }
        }

        return (refused, conflicts);
    }

    private static async ValueTask<IReadOnlyList<WriteOutcome>> WriteRecordsAsync(IBillingSink sink, List<BillingRecord> records, CancellationToken cancellationToken)
    {
        IReadOnlyList<WriteOutcome> outcomes = await sink.WriteAsync(records, cancellationToken).ConfigureAwait(false);
        return outcomes.Count == records.Count
            ? outcomes
            : throw new InvalidOperationException($"The sink {sink.Name} gave {outcomes.Count} outcomes for {records.Count} records. It breaks the contract of IBillingSink.");
    }

    private async ValueTask WriteQuarantineAsync(List<QuarantinedRecord> records, CancellationToken cancellationToken)
    {
        if (records.Count == 0)
        {
            return;
        }

        foreach (IBillingSink sink in sinks)
        {
            await sink.WriteQuarantineAsync(records, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FollowAsync(List<BillingRecord> records, IReadOnlyList<WriteOutcome> outcomes, CancellationToken cancellationToken)
    {
        if (sinks.Count == 1)
        {
            return;
        }

        // Duplicates too: a follower that missed them in a run that ended early catches up.
        List<BillingRecord> held = [.. records.Where((_, i) => outcomes[i].Kind is WriteOutcomeKind.Stored or WriteOutcomeKind.Duplicate)];
        if (held.Count == 0)
        {
            return;
        }

        foreach (IBillingSink sink in sinks.Skip(1))
        {
            foreach (WriteOutcome outcome in await WriteRecordsAsync(sink, held, cancellationToken).ConfigureAwait(false))
            {
                if (outcome.Kind is WriteOutcomeKind.Conflict or WriteOutcomeKind.Refused)
                {
                    string trouble = $"{sink.Name} follows the ledger but did not take records ({outcome.Kind.ToString().ToLowerInvariant()})";
                    _followerTrouble[trouble] = _followerTrouble.GetValueOrDefault(trouble) + 1;
                }
            }
        }
    }
}
