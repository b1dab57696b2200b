namespace Billing.Stores;

/// <summary>
/// The recomputations of the runs of a store, as records ask for them. Runs with the same settings share one. Counts the records of which something cannot be made again, by the reason.
/// </summary>
internal sealed class Recomputations(IBillingStore store)
{
    private const string NoSettings = "their runs kept no settings";
    private const string NoKey = "their keys are made of columns whose texts are not kept";

    private readonly Dictionary<string, RunRecomputation?> _byRun = new(StringComparer.Ordinal);
    private readonly Dictionary<RunSettings, RunRecomputation> _bySettings = [];
    private readonly SortedDictionary<string, long> _notMade = new(StringComparer.Ordinal);

    /// <summary>What could not be made again: the number of records by the reason.</summary>
    public IReadOnlyDictionary<string, long> NotMade => _notMade;

    /// <summary>Returns what of a record is not as its run would make it of its content.</summary>
    public async ValueTask<IReadOnlyList<StoreFault>> CheckAsync(BillingRecord record, CancellationToken cancellationToken)
    {
        if (!_byRun.TryGetValue(record.RunId, out RunRecomputation? run))
        {
            // The record of a run that is not there is a fault of its own.
            RunSettings? settings = (await store.FindRunAsync(record.RunId, cancellationToken).ConfigureAwait(false))?.Settings;
            _byRun.Add(record.RunId, run = settings is null ? null : Of(settings, record.RunId));
        }

        if (run is null)
        {
            Count(NoSettings);
            return [];
        }

        StoreFault[] faults = [.. run.Check(record).Select(fault => new StoreFault { Kind = fault.Kind, Key = record.Key, Source = record.Source, RunId = record.RunId, Detail = fault.Detail })];
        foreach (string reason in run.Missing)
        {
            Count(reason);
        }

        if (!run.KeepsKey)
        {
            Count(NoKey);
        }

        return faults;
    }

    private RunRecomputation Of(RunSettings settings, string runId)
    {
        if (!_bySettings.TryGetValue(settings, out RunRecomputation? run))
        {
            _bySettings.Add(settings, run = RunRecomputation.Of(settings, runId));
        }

        return run;
    }

    private void Count(string reason) => _notMade[reason] = _notMade.GetValueOrDefault(reason) + 1;
}
