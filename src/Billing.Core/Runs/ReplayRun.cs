using Billing.Amendments;
using Billing.Keys;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Replays the quarantine of one source and scope, in the order of the source.</summary>
internal sealed class ReplayRun(PipelineSettings settings, IBillingStore store, IngestOptions options, string? note, TimeProvider time, ILogger logger)
{
    /// <summary>Told each batch with its outcomes, or null.</summary>
    public Action<Batch, IReadOnlyList<WriteOutcome>>? Tried { get; init; }

    /// <summary>Replays records of one source and one scope.</summary>
    public async Task<IngestReport> RunAsync(string sourceName, string? scope, string replayOf, IAsyncEnumerable<QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        (SourceLayout layout, RecordIdentity identity, _) = settings.Resolve(options);
        RunTally tally = new(settings.ReportingCurrency);
        RunRecorder recorder = new(settings, tally, sourceName, scope, settings.Keep(layout, identity), options.RunEnded, time, logger, BillingTelemetry.ReplayActivity);
        recorder.Describe(report => report with { ReplayOf = replayOf });
        string runId = recorder.Report.RunId;
        using RecordFingerprinter fingerprinter = new(identity);
        RowProcessor processor = new(settings, fingerprinter, scope, runId);
        ReplayWriter? replay = null;
        try
        {
            await recorder.BeginAsync(cancellationToken).ConfigureAwait(false);
            Log.ReplayStarted(logger, runId, sourceName);
            RemovedRows removed = new(await RemovedRecords.LoadAsync(store, cancellationToken).ConfigureAwait(false));
            BatchWriter writer = new(settings.Sinks, tally, runId, new DeliveredRows(recorder.Keepers, runId), removed) { Content = recorder.Content };
            replay = new ReplayWriter(layout, identity, sourceName, runId, tally, processor, new ReplayedOccurrences(store, processor, runId), writer) { Tried = Tried };
            await foreach (QuarantinedRecord[] entries in ChunksAsync(quarantine, settings.Batch, cancellationToken).ConfigureAwait(false))
            {
                await replay.WriteAsync(entries, cancellationToken).ConfigureAwait(false);
                await recorder.ProgressAsync(replay.Read, 0, isRecorded: true, cancellationToken).ConfigureAwait(false);
            }

            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            // Rows that are posted may have waited for a rate or a rule.
            IReadOnlyList<string> asked = layout.Pending is null || settings.IsDryRun ? [] : await recorder.SettleAsync(replay.Reach, cancellationToken).ConfigureAwait(false);
            List<string> warnings = [.. asked, .. note is null ? [] : new[] { note }, .. writer.Warnings];
            if (replay.Ambiguous > 0)
            {
                warnings.Insert(0, $"{replay.Ambiguous} rows equal records from other sources, were in conflict with records that are gone, or share their columns with a row that stays in quarantine, and only the whole source can tell which rows they are: they stay in quarantine; ingest {sourceName} again with the corrected settings");
            }

            return await recorder.CompleteAsync(replay.Read, 0, null, warnings, writer, replay.Taken, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!recorder.HasEnded)
        {
            Exception ending = await recorder.FailAsync(e, replay?.Read ?? ControlTotals.Zero, 0, cancellationToken).ConfigureAwait(false);
            if (ending == e)
            {
                throw;
            }

            throw ending;
        }
    }

    // Limit the bytes too: a row may have megabytes.
    private static async IAsyncEnumerable<QuarantinedRecord[]> ChunksAsync(IAsyncEnumerable<QuarantinedRecord> quarantine, BatchLimit limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<QuarantinedRecord> chunk = new(Math.Min(limit.Rows, 1024));
        long bytes = 0;
        await foreach (QuarantinedRecord entry in quarantine.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            chunk.Add(entry);
            bytes += entry.Raw.Length;
            if (chunk.Count == limit.Rows || bytes >= limit.Bytes)
            {
                yield return [.. chunk];
                chunk.Clear();
                bytes = 0;
            }
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }
}
