using System.Runtime.CompilerServices;
using Billing.Amendments;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Replays the open quarantine, one run per source, scope and run that quarantined the rows.</summary>
internal sealed class Replay(PipelineSettings settings, IBillingStore store, IngestOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Whose the rows are, where the caller knows; else they are looked up.</summary>
    public QuarantineHeirs? Heirs { get; init; }

    public async Task<IReadOnlyList<IngestReport>> RunAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        List<IngestReport> reports = [];
        QuarantineHeirs heirs = Heirs ?? await QuarantineHeirs.LoadAsync(store, cancellationToken).ConfigureAwait(false);
        foreach ((string source, string? scope, string runId) in await GroupsAsync(query, heirs, cancellationToken).ConfigureAwait(false))
        {
            (PipelineSettings under, IngestOptions with, string? note) = ReplaySettings.Of(settings, options, runId, await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false));
            ReplayRun run = new(under, store, with, note, time, logger);
            reports.Add(await run.RunAsync(source, scope, runId, EntriesAsync(query with { SourceName = source, RunId = runId }, scope, heirs, cancellationToken), cancellationToken).ConfigureAwait(false));
        }

        return reports;
    }

    private async Task<IReadOnlyList<(string Source, string? Scope, string RunId)>> GroupsAsync(QuarantineQuery query, QuarantineHeirs heirs, CancellationToken cancellationToken)
    {
        HashSet<(string, string?, string)> seen = [];
        List<(string, string?, string)> groups = [];
        await foreach (QuarantinedRecord entry in AllAsync(query, heirs, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Add((entry.Source.Name, entry.Scope, entry.RunId)))
            {
                groups.Add((entry.Source.Name, entry.Scope, entry.RunId));
            }
        }

        return groups;
    }

    private async IAsyncEnumerable<QuarantinedRecord> EntriesAsync(QuarantineQuery query, string? scope, QuarantineHeirs heirs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<QuarantinedRecord> moved = [];
        await foreach (QuarantinedRecord entry in AllAsync(query, heirs, cancellationToken).ConfigureAwait(false))
        {
            if (entry.Scope == scope && !heirs.IsNone)
            {
                moved.Add(entry);
            }
            else if (entry.Scope == scope)
            {
                yield return entry;
            }
        }

        // They were listed in the order of the sources that were taken back.
        foreach (QuarantinedRecord entry in moved.OrderBy(entry => entry.Source.ByteOffset))
        {
            yield return entry;
        }
    }

    // Rows whose run was taken back are those of another one.
    private async IAsyncEnumerable<QuarantinedRecord> AllAsync(QuarantineQuery query, QuarantineHeirs heirs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QuarantineQuery open = query with { IncludeResolved = false, ContinuationToken = null };
        QuarantineQuery stored = heirs.IsNone ? open : open with { RunId = null, SourceName = null, Line = null };
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(stored, cancellationToken).ConfigureAwait(false))
        {
            QuarantinedRecord entry = heirs.Of(row);
            if (open.Matches(entry))
            {
                yield return entry;
            }
        }
    }
}
