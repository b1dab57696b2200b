using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Replays the open quarantine, one run per source and scope.</summary>
internal sealed class Replay(PipelineSettings settings, IBillingStore store, IngestOptions options, TimeProvider time, ILogger logger)
{
    public async Task<IReadOnlyList<IngestReport>> RunAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        List<IngestReport> reports = [];
        foreach ((string source, string? scope) in await SourcesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            ReplayRun run = new(settings, store, options, time, logger);
            reports.Add(await run.RunAsync(source, scope, EntriesAsync(query with { SourceName = source }, scope, cancellationToken), cancellationToken).ConfigureAwait(false));
        }

        return reports;
    }

    private async Task<IReadOnlyList<(string Source, string? Scope)>> SourcesAsync(QuarantineQuery query, CancellationToken cancellationToken)
    {
        HashSet<(string, string?)> seen = [];
        List<(string, string?)> sources = [];
        await foreach (QuarantinedRecord entry in AllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (seen.Add((entry.Source.Name, entry.Scope)))
            {
                sources.Add((entry.Source.Name, entry.Scope));
            }
        }

        return sources;
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

    // Pages by key, so that resolving entries of one page does not move the next.
    private async IAsyncEnumerable<QuarantinedRecord> AllAsync(QuarantineQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QuarantineQuery request = query with { IncludeResolved = false, PageSize = 1_000, ContinuationToken = null };
        while (true)
        {
            Page<QuarantinedRecord> page = await store.GetQuarantineAsync(request, cancellationToken).ConfigureAwait(false);
            foreach (QuarantinedRecord entry in page.Items)
            {
                yield return entry;
            }

            if (page.ContinuationToken is null)
            {
                yield break;
            }

            request = request with { ContinuationToken = page.ContinuationToken };
        }
    }
}
