using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Replays the open quarantine, one run per source, scope and run that quarantined the rows.</summary>
internal sealed class Replay(PipelineSettings settings, IBillingStore store, IngestOptions options, TimeProvider time, ILogger logger)
{
    public async Task<IReadOnlyList<IngestReport>> RunAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        List<IngestReport> reports = [];
        foreach ((string source, string? scope, string runId) in await GroupsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            (PipelineSettings under, IngestOptions with, string? note) = ReplaySettings.Of(settings, options, runId, await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false));
            ReplayRun run = new(under, store, with, note, time, logger);
            reports.Add(await run.RunAsync(source, scope, runId, EntriesAsync(query with { SourceName = source, RunId = runId }, scope, cancellationToken), cancellationToken).ConfigureAwait(false));
        }

        return reports;
    }

    private async Task<IReadOnlyList<(string Source, string? Scope, string RunId)>> GroupsAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        HashSet<(string, string?, string)> seen = [];
        List<(string, string?, string)> groups = [];
        await foreach (QuarantinedRecord entry in AllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Add((entry.Source.Name, entry.Scope, entry.RunId)))
            {
                groups.Add((entry.Source.Name, entry.Scope, entry.RunId));
            }
        }

        return groups;
    }

    private async IAsyncEnumerable<QuarantinedRecord> EntriesAsync(QuarantineQuery query, string? scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (QuarantinedRecord entry in AllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Scope == scope)
            {
                yield return entry;
            }
        }
    }

    private IAsyncEnumerable<QuarantinedRecord> AllAsync(QuarantineQuery query, CancellationToken cancellationToken) =>
        store.GetAllQuarantineAsync(query with { IncludeResolved = false, ContinuationToken = null }, cancellationToken);
}
