using Billing.Fingerprints;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Replays the quarantine of one source and scope, in the order of the source.</summary>
internal sealed class ReplayRun(PipelineSettings settings, IBillingStore store, IngestOptions options, string? note, TimeProvider time, ILogger logger)
{
    /// <summary>Replays records of one source and one scope.</summary>
    public async Task<IngestReport> RunAsync(string sourceName, string? scope, IAsyncEnumerable<QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        (CsvLayout layout, RecordIdentity identity, _) = settings.Resolve(options);
        RunTally tally = new(settings.ReportingCurrency);
        RunRecorder recorder = await RunRecorder.StartAsync(settings, tally, sourceName, scope, settings.Keep(layout, identity), time, logger, "billing.replay", cancellationToken).ConfigureAwait(false);
        string runId = recorder.Report.RunId;
        Log.ReplayStarted(logger, runId, sourceName);
        using RecordFingerprinter fingerprinter = new(identity);
        RowProcessor processor = new(settings, fingerprinter, scope, runId);
        BatchWriter writer = new(settings.Sinks, tally);
        ReplayWriter replay = new(layout, identity, sourceName, runId, processor, new ReplayedOccurrences(store, processor), new LedgerWrites(writer, most: 1), store);
        try
        {
            await foreach (QuarantinedRecord[] entries in ChunksAsync(quarantine, settings.BatchSize, cancellationToken).ConfigureAwait(false))
            {
                await replay.WriteAsync(entries, cancellationToken).ConfigureAwait(false);
                await recorder.ProgressAsync(replay.Read, 0, isRecorded: true, cancellationToken).ConfigureAwait(false);
            }

            List<string> warnings = [.. note is null ? [] : new[] { note }, .. writer.Warnings];
            if (replay.Ambiguous > 0)
            {
                warnings.Insert(0, $"{replay.Ambiguous} rows equal records from other sources, and whether they are the same or repeats only the whole source can tell: they stay in quarantine; ingest {sourceName} again with the mended settings");
            }

            return await recorder.CompleteAsync(replay.Read, 0, null, warnings, cancellationToken).ConfigureAwait(false);
        }
        catch (IngestFailedException)
        {
            throw;
        }
        catch (Exception e)
        {
            await recorder.FailAsync(replay.Read, 0, e is OperationCanceledException ? "Cancelled." : e.Message).ConfigureAwait(false);
            bool nothingWasRead = replay.Read.Rows == 0;
            if (e is OperationCanceledException || (nothingWasRead && e is SourceFormatException or BillingConfigurationException))
            {
                throw;
            }

            throw new IngestFailedException(
                $"The replay of {sourceName} ended early: {e.Message} {recorder.Report.Stored.Rows} {(recorder.Report.Stored.Rows == 1 ? "row was" : "rows were")} stored; running it again is safe.",
                recorder.Report,
                e);
        }
    }

    private static async IAsyncEnumerable<QuarantinedRecord[]> ChunksAsync(IAsyncEnumerable<QuarantinedRecord> quarantine, int size, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<QuarantinedRecord> chunk = new(Math.Min(size, 1024));
        await foreach (QuarantinedRecord entry in quarantine.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            chunk.Add(entry);
            if (chunk.Count == size)
            {
                yield return [.. chunk];
                chunk.Clear();
            }
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }
}
