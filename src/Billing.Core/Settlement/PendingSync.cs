using Billing.Reports;

namespace Billing.Settlement;

/// <summary>
/// Closes the pending rows whose posted record is there, and opens those again whose record is not, or not certain any more. What is closed follows from the rows and records that the ledger holds, so
/// that it is the same in whatever order they came, and whoever was interrupted is completed by the next.
/// </summary>
internal sealed class PendingSync(IReadOnlyList<IBillingSink> sinks)
{
    private const string OlderStore = "an earlier version made it, and it may not be upgraded. Open the store once for writing, with CreateTables set.";

    private readonly TotalsAccumulator _replaced = new();
    private long _asked;

    /// <summary>A run that is being taken back, or null.</summary>
    public string? Except { get; init; }

    /// <summary>Checks that a ledger can keep pending rows and what replaced them.</summary>
    /// <exception cref="BillingConfigurationException">It cannot.</exception>
    public static async ValueTask DemandAsync(IBillingSink ledger, CancellationToken cancellationToken)
    {
        const string cannot = "cannot keep pending rows and what replaces them";
        if (ledger is not IAmendableStore store)
        {
            throw new BillingConfigurationException($"The ledger {ledger.Name} {cannot}: it is not an {nameof(IAmendableStore)}. Use a ledger that is one, or a layout without 'pending'.");
        }

        if (!await store.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new BillingConfigurationException($"The ledger {ledger.Name} {cannot}: {OlderStore}");
        }
    }

    /// <summary>Brings the pending rows within reach of a run up to date; all of them if it is null.</summary>
    public async ValueTask<PendingChanges> RunAsync(PendingReach? reach, CancellationToken cancellationToken)
    {
        if (sinks[0] is not IAmendableStore ledger)
        {
            return PendingChanges.None;
        }

        PendingOutcomes view = await PendingOutcomes.LoadAsync(ledger, reach, keepsRows: false, Except, cancellationToken).ConfigureAwait(false);
        foreach (PendingItem item in view.Within)
        {
            _asked += view.IsAsked(item) ? 1 : 0;
            string? becomes = view.ResolutionOf(item);
            if (becomes != item.Resolution)
            {
                await ChangeAsync(item, becomes, isReplaced: view.IsPosted(item) && item is { PostedAs: null, SupersededBy: null }, cancellationToken).ConfigureAwait(false);
            }
        }

        return new PendingChanges(_replaced.ToControlTotals(), _asked);
    }

    // The ledger last, so that a run that is killed in between finds its row as it was.
    private async ValueTask ChangeAsync(PendingItem item, string? becomes, bool isReplaced, CancellationToken cancellationToken)
    {
        foreach (IBillingSink sink in sinks.Reverse())
        {
            if (item.Resolution is not null && sink is IAmendableStore amendable)
            {
                await amendable.ReopenQuarantineAsync([item.Key], item.Resolution, cancellationToken).ConfigureAwait(false);
            }

            if (becomes is not null && sink is IBillingStore store)
            {
                await store.ResolveQuarantineAsync([item.Key], becomes, cancellationToken).ConfigureAwait(false);
            }
        }

        if (isReplaced)
        {
            _replaced.AddRow(item.Currency, item.Amount);
        }
    }
}
