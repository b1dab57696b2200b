using Billing.Fingerprints;
using Billing.Parsing;
using Billing.Reports;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Replays the quarantine of one source and scope, in the order of the source.</summary>
internal sealed class ReplayRun(PipelineSettings settings, IBillingStore store, IngestOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Replays records of one source and one scope.</summary>
    public async Task<IngestReport> RunAsync(string sourceName, string? scope, IAsyncEnumerable<QuarantinedRecord> quarantine, CancellationToken cancellationToken)
    {
        (CsvLayout layout, RecordIdentity identity, _) = settings.Resolve(options);
        RunTally tally = new(settings.ReportingCurrency);
        TotalsAccumulator read = new();
        RunRecorder recorder = await RunRecorder.StartAsync(settings, tally, sourceName, scope, time, logger, "billing.replay", cancellationToken).ConfigureAwait(false);
        Log.ReplayStarted(logger, recorder.Report.RunId, sourceName);
        try
        {
            using RecordFingerprinter fingerprinter = new(identity);
            RowProcessor processor = new(settings, fingerprinter, scope, recorder.Report.RunId);
            ReplayedOccurrences occurrences = new(store, processor);
            BatchWriter writer = new(settings.Sinks, tally);
            List<string> warnings = [];
            long ambiguous = 0;
            List<QuarantinedRecord> chunk = new(settings.BatchSize);

            async ValueTask WriteChunkAsync()
            {
                Batch batch = new(chunk.Count) { Read = ControlTotals.Zero, BytesRead = 0 };
                List<QuarantinedRecord> tried = [];
                foreach (QuarantinedRecord entry in chunk)
                {
                    ParsedRow row = RecordReaders.ReadAgain(entry, layout, identity);
                    RunTally.Read(read, row);
                    if (!processor.TryProcess(row, sourceName, out PendingRecord? pending))
                    {
                        batch.Quarantined.Add(StillQuarantined(entry, row, recorder.Report.RunId));
                    }
                    else if (await occurrences.IdentifyAsync(row, pending, entry, cancellationToken).ConfigureAwait(false) is { } record)
                    {
                        batch.Records.Add(record);
                        batch.Rows.Add(row);
                        tried.Add(entry);
                    }
                    else
                    {
                        ambiguous++;
                        batch.Quarantined.Add(StillQuarantined(entry, row, recorder.Report.RunId));
                    }
                }

                batch.Read = read.ToControlTotals();
                Dictionary<ParsedRow, QuarantinedRecord> entries = batch.Rows.Zip(tried).ToDictionary(pair => pair.First, pair => pair.Second);
                IReadOnlyList<WriteOutcome> outcomes = await writer.WriteAsync(batch, (row, fault) => StillQuarantined(entries[row], row, recorder.Report.RunId, fault), cancellationToken).ConfigureAwait(false);
                await store.ResolveQuarantineAsync(
                    [.. tried.Where((_, i) => outcomes[i].Kind is WriteOutcomeKind.Stored or WriteOutcomeKind.Duplicate).Select(entry => entry.Key)],
                    recorder.Report.RunId,
                    cancellationToken).ConfigureAwait(false);
                await recorder.ProgressAsync(batch.Read, 0, cancellationToken).ConfigureAwait(false);
                chunk.Clear();
            }

            await foreach (QuarantinedRecord entry in quarantine.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                chunk.Add(entry);
                if (chunk.Count == settings.BatchSize)
                {
                    await WriteChunkAsync().ConfigureAwait(false);
                }
            }

            if (chunk.Count > 0)
            {
                await WriteChunkAsync().ConfigureAwait(false);
            }

            if (ambiguous > 0)
            {
                warnings.Add($"{ambiguous} rows equal records from other sources, and whether they are the same or repeats only the whole source can tell: they stay in quarantine; ingest {sourceName} again with the mended settings");
            }

            return await recorder.CompleteAsync(read.ToControlTotals(), 0, null, [.. warnings, .. writer.Warnings], cancellationToken).ConfigureAwait(false);
        }
        catch (IngestFailedException)
        {
            throw;
        }
        catch (Exception e)
        {
            await recorder.FailAsync(read.ToControlTotals(), 0, e is OperationCanceledException ? "Cancelled." : e.Message).ConfigureAwait(false);
            if (e is OperationCanceledException or SourceFormatException or BillingConfigurationException)
            {
                throw;
            }

            throw new IngestFailedException(
                $"The replay of {sourceName} ended early: {e.Message} {recorder.Report.Stored.Rows} rows were stored; running it again is safe.",
                recorder.Report,
                e);
        }
    }

    /// <summary>The same entry, under the same key, with what is wrong now.</summary>
    private static QuarantinedRecord StillQuarantined(QuarantinedRecord entry, ParsedRow row, string runId, RowFault? fault = null) => new()
    {
        Key = entry.Key,
        RunId = runId,
        Source = entry.Source,
        Scope = entry.Scope,
        Reason = (fault ?? row.Fault)?.Reason ?? entry.Reason,
        Detail = (fault ?? row.Fault)?.Detail ?? entry.Detail,
        Raw = entry.Raw,
        RawLength = entry.RawLength,
        Format = entry.Format,
        Header = entry.Header,
        Separator = entry.Separator,
        Amount = row.Amount,
        CurrencyCode = row.CurrencyCode,
    };
}
