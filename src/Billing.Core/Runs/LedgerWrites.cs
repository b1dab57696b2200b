using Billing.Rows;
using Billing.Values;

namespace Billing.Runs;

/// <summary>
/// The batches that are being written to the ledger: several at once if it takes that and they have no key in common. They end in the order of the
/// source, so that reports and acknowledgements follow it.
/// </summary>
internal sealed class LedgerWrites(BatchWriter writer, int most)
{
    private readonly Queue<(Batch Batch, Task<IReadOnlyList<WriteOutcome>> Outcomes)> _underWay = new();

    /// <summary>The number of writes in progress.</summary>
    public int Count => _underWay.Count;

    /// <summary>Whether the oldest write must end before a batch can start.</summary>
    public bool MustEndBefore(Batch batch) => Count >= most || _underWay.Any(write => write.Batch.SharesKeyWith(batch));

    /// <summary>Starts writing a batch, on a thread of its own: some drivers block the thread of the caller.</summary>
    public void Start(Batch batch, CancellationToken cancellationToken) =>
        _underWay.Enqueue((batch, Task.Run(() => writer.StoreAsync(batch, cancellationToken).AsTask(), CancellationToken.None)));

    /// <summary>Waits for the oldest write, tallies it, quarantines what the ledger did not take, and updates the followers.</summary>
    /// <param name="quarantine">Creates the quarantined record of a row that the ledger did not take.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The batch, and the outcome of each record, in order.</returns>
    public async ValueTask<(Batch Batch, IReadOnlyList<WriteOutcome> Outcomes)> EndOldestAsync(Func<ParsedRow, RowFault, QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        (Batch batch, IReadOnlyList<WriteOutcome> outcomes) = await TallyOldestAsync().ConfigureAwait(false);
        await writer.FollowAsync(batch, outcomes, quarantine, cancellationToken).ConfigureAwait(false);
        return (batch, outcomes);
    }

    /// <summary>Called when a run ended early: waits for the writes in progress, and tallies what the ledger still took.</summary>
    public async ValueTask SettleAsync()
    {
        while (Count > 0)
        {
            Task ending = TallyOldestAsync().AsTask();

            // The caller gets the exception that ended the run; a later one adds nothing.
            await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<(Batch Batch, IReadOnlyList<WriteOutcome> Outcomes)> TallyOldestAsync()
    {
        (Batch batch, Task<IReadOnlyList<WriteOutcome>> writing) = _underWay.Dequeue();
        await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.TallyKept(batch);
        if (!writing.IsCompletedSuccessfully)
        {
            writer.Content?.Doubt(batch);
        }

        IReadOnlyList<WriteOutcome> outcomes = await writing.ConfigureAwait(false);
        writer.TallyHeld(batch, outcomes);
        if (writer.Content is { } content)
        {
            await content.AddAsync(batch, outcomes).ConfigureAwait(false);
        }

        return (batch, outcomes);
    }
}
