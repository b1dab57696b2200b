using Billing.Rows;
using Billing.Values;

namespace Billing.Runs;

/// <summary>
/// Batches on their way into the ledger: several at once where it takes that and they have no key in common. They end in the order of the
/// source, so that reports and acknowledgements follow it.
/// </summary>
internal sealed class LedgerWrites(BatchWriter writer, int most)
{
    private readonly Queue<(Batch Batch, Task<IReadOnlyList<WriteOutcome>> Outcomes)> _underWay = new();

    /// <summary>How many are under way.</summary>
    public int Count => _underWay.Count;

    /// <summary>Whether the oldest must end before a batch can start.</summary>
    public bool MustEndBefore(Batch batch) => Count >= most || _underWay.Any(write => write.Batch.SharesKeyWith(batch));

    /// <summary>Starts a batch. On a thread of its own: there are drivers that wait on the thread of the caller.</summary>
    public void Start(Batch batch, CancellationToken cancellationToken) =>
        _underWay.Enqueue((batch, Task.Run(() => writer.StoreAsync(batch, cancellationToken).AsTask(), CancellationToken.None)));

    /// <summary>Waits for the oldest, tallies it, keeps what the ledger did not take, and brings the followers up to date.</summary>
    /// <param name="quarantine">Keeps a row that the ledger did not take.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The batch, and what the ledger made of each record, in order.</returns>
    public async ValueTask<(Batch Batch, IReadOnlyList<WriteOutcome> Outcomes)> EndOldestAsync(Func<ParsedRow, RowFault, QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        (Batch batch, IReadOnlyList<WriteOutcome> outcomes) = await TallyOldestAsync().ConfigureAwait(false);
        await writer.FollowAsync(batch, outcomes, quarantine, cancellationToken).ConfigureAwait(false);
        return (batch, outcomes);
    }

    /// <summary>Of a run that ended early: waits for what is under way, and tallies what the ledger took all the same.</summary>
    public async ValueTask SettleAsync()
    {
        while (Count > 0)
        {
            Task ending = TallyOldestAsync().AsTask();

            // What ended the run is the caller's exception; one that came after it says no more.
            await ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<(Batch Batch, IReadOnlyList<WriteOutcome> Outcomes)> TallyOldestAsync()
    {
        (Batch batch, Task<IReadOnlyList<WriteOutcome>> writing) = _underWay.Dequeue();
        await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        writer.TallyKept(batch);
        IReadOnlyList<WriteOutcome> outcomes = await writing.ConfigureAwait(false);
        writer.TallyHeld(batch, outcomes);
        return (batch, outcomes);
    }
}
