using Billing.Amendments;

namespace Billing.Settlement;

/// <summary>Which deliveries that are the whole of a period left out a pending row that was delivered before.</summary>
internal static class PendingDeliveries
{
    /// <summary>Returns the first such run of each row that has one.</summary>
    public static async ValueTask<Dictionary<RecordKey, string>> SupersededAsync(IAmendableStore store, IReadOnlyList<PendingItem> items, string? except, CancellationToken cancellationToken)
    {
        OtherDeliveries runs = await OtherDeliveries.LoadAsync(store, except is null ? [] : [except], cancellationToken).ConfigureAwait(false);
        IngestReport[] replacing = [.. runs.Replacing.Where(run => run.Status == RunStatus.Completed)];
        Dictionary<RecordKey, string> superseded = [];
        if (replacing.Length == 0)
        {
            return superseded;
        }

        Dictionary<KeyPrefix, string> last = items.Select(item => KeyPrefix.Of(item.Key)).Distinct().ToDictionary(key => key, _ => "");
        await foreach ((string runId, DeliveredRow row) in DeliveredRows.ReadAllAsync(store, DeliveredRows.Quarantined, cancellationToken).ConfigureAwait(false))
        {
            if (runs.Has(runId) && last.TryGetValue(row.Key, out string? before) && string.CompareOrdinal(runId, before) > 0)
            {
                last[row.Key] = runId;
            }
        }

        foreach (PendingItem item in items)
        {
            if (Array.Find(replacing, run => string.CompareOrdinal(run.RunId, last[KeyPrefix.Of(item.Key)]) > 0 && run.Delivery!.Covers(item.Scope, item.Date)) is { } by)
            {
                superseded.Add(item.Key, by.RunId);
            }
        }

        return superseded;
    }
}
