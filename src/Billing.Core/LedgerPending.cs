using Billing.Amendments;
using Billing.Settlement;

namespace Billing;

/// <summary>
/// The pending rows of a ledger (<see cref="PendingTerms"/>), and what a person says of them. What a posted record replaces follows from the rows and records of the ledger; a person's word
/// stands until it is taken back, or until the record is gone.
/// </summary>
public sealed class LedgerPending
{
    private readonly IAmendableStore _store;
    private readonly TimeProvider _time;

    /// <summary>Creates it.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="timeProvider">The clock, or null for that of the machine.</param>
    /// <exception cref="BillingConfigurationException">The store is not an <see cref="IAmendableStore"/>.</exception>
    public LedgerPending(IBillingStore store, TimeProvider? timeProvider = null)
    {
        _store = AmendableStores.Demand(store, "Pending rows cannot be kept");
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Returns the pending rows, by date, then key. Writes nothing.</summary>
    /// <param name="includeClosed">Whether rows that were replaced or left out are listed too. Rows that were dismissed are not.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<IReadOnlyList<PendingTransaction>> ListAsync(bool includeClosed = false, CancellationToken cancellationToken = default)
    {
        PendingOutcomes view = await PendingOutcomes.LoadAsync(_store, reach: null, keepsRows: true, except: null, cancellationToken).ConfigureAwait(false);
        DateOnly today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        return [.. view.Within
            .Select(item => Describe(view, item, today))
            .Where(row => includeClosed || row.State is PendingState.Waiting or PendingState.Lapsed or PendingState.Asked)
            .OrderBy(row => row.Date).ThenBy(row => row.Key.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>Says that a posted record is that of a pending row. The record stays as it is; the row is pending no more.</summary>
    /// <param name="pending">The key of the pending row.</param>
    /// <param name="posted">The key of the posted record.</param>
    /// <param name="cancellationToken">Cancels the call; called again, it goes on.</param>
    /// <exception cref="BillingException">There is no such pending row, it is not open, there is no such record, or another row was settled with it.</exception>
    public async Task SettleAsync(RecordKey pending, RecordKey posted, CancellationToken cancellationToken = default)
    {
        QuarantinedRecord row = await FindAsync(pending, cancellationToken).ConfigureAwait(false);
        string resolution = QuarantinedRecord.Posted(posted, byPerson: true);
        if (row.Resolution != resolution)
        {
            DemandOpen(row);
            if (await _store.FindAsync(posted, cancellationToken).ConfigureAwait(false) is null)
            {
                throw new BillingException($"{_store.Name} has no record with the key {posted}. billing records --json lists records with their keys.");
            }

            foreach (PendingTransaction other in await ListAsync(includeClosed: true, cancellationToken).ConfigureAwait(false))
            {
                if (other.PostedAs == posted)
                {
                    throw new BillingException($"The record {posted} already replaced the pending row {other}. Open that one again first: billing pending reopen {other.Key}.");
                }
            }

            await _store.ResolveQuarantineAsync([pending], resolution, cancellationToken).ConfigureAwait(false);
        }

        // What was uncertain because of this pair may be certain now.
        await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes a pending row that will not be posted, such as an authorisation that was released.</summary>
    /// <param name="pending">The key of the pending row.</param>
    /// <param name="reason">Why, at most 240 bytes in UTF-8.</param>
    /// <param name="cancellationToken">Cancels the call; called again, it goes on.</param>
    /// <exception cref="BillingException">There is no such pending row, or it is not open.</exception>
    /// <exception cref="ArgumentException">The reason is blank or too long.</exception>
    public async Task DismissAsync(RecordKey pending, string reason, CancellationToken cancellationToken = default)
    {
        string resolution = QuarantinedRecord.Dismissed(reason);
        QuarantinedRecord row = await FindAsync(pending, cancellationToken).ConfigureAwait(false);
        if (row.Resolution != resolution)
        {
            DemandOpen(row);
            await _store.ResolveQuarantineAsync([pending], resolution, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes back what a person said of a pending row: that it was settled, or dismissed.</summary>
    /// <param name="pending">The key of the pending row.</param>
    /// <param name="cancellationToken">Cancels the call; called again, it goes on.</param>
    /// <exception cref="BillingException">There is no such pending row, or no person closed it.</exception>
    public async Task ReopenAsync(RecordKey pending, CancellationToken cancellationToken = default)
    {
        QuarantinedRecord row = await FindAsync(pending, cancellationToken).ConfigureAwait(false);
        if (row.Resolution is { } resolution)
        {
            if (!row.IsSettledByPerson && (row.Dismissal is null || resolution == QuarantineReversal.Resolution))
            {
                throw new BillingException($"No person closed the pending row {row.Source} (key {pending}): {resolution}. Take back the run that did: billing revert.");
            }

            await _store.ReopenQuarantineAsync([pending], resolution, cancellationToken).ConfigureAwait(false);
        }

        await CompleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes and opens pending rows as the ledger says by now: what the next run does for those within its reach. For a run that was interrupted and is not run again.</summary>
    /// <param name="cancellationToken">Cancels the call; called again, it goes on.</param>
    public async Task CompleteAsync(CancellationToken cancellationToken = default) => await new PendingSync([_store]).RunAsync(reach: null, cancellationToken).ConfigureAwait(false);

    /// <summary>The store.</summary>
    public override string ToString() => $"pending rows in {_store.Name}";

    private static PendingTransaction Describe(PendingOutcomes view, PendingItem item, DateOnly today)
    {
        string? resolution = view.ResolutionOf(item);
        QuarantinedRecord row = item.Row!;
        QuarantinedRecord becomes = resolution is null ? row.Reopened() : row.Closed(resolution);
        IReadOnlyList<RecordKey> candidates = view.CandidatesOf(item);
        return new PendingTransaction
        {
            Key = item.Key,
            Source = row.Source,
            Scope = item.Scope,
            Date = item.Date,
            Party = item.Party,
            Id = item.Id,
            Amount = item.Amount,
            CurrencyCode = item.Currency,
            State = becomes.IsSettledByPerson ? PendingState.Settled
                : becomes.PostedAs is not null ? PendingState.Posted
                : becomes.SupersededByRunId is not null ? PendingState.Superseded
                : candidates.Count > 0 ? PendingState.Asked
                : today.DayNumber - item.Date.DayNumber > item.Terms.Days ? PendingState.Lapsed
                : PendingState.Waiting,
            PostedAs = becomes.PostedAs,
            Candidates = candidates,
        };
    }

    private static void DemandOpen(QuarantinedRecord row)
    {
        if (!row.IsOpen)
        {
            throw new BillingException($"The pending row {row.Source} (key {row.Key}) is closed: {row.Resolution}.{(row.IsSettledByPerson || row.Dismissal is not null ? $" Open it again first: billing pending reopen {row.Key}." : "")}");
        }
    }

    private async ValueTask<QuarantinedRecord> FindAsync(RecordKey pending, CancellationToken cancellationToken) =>
        (await _store.GetQuarantineAsync(new QuarantineQuery { Key = pending, IncludeResolved = true, PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items is [{ Reason: QuarantineReason.Pending } row, ..]
            ? row
            : throw new BillingException($"{_store.Name} has no pending row with the key {pending}. billing pending lists them.");
}
