using System.Runtime.ExceptionServices;
using Billing.Amendments;
using Billing.Keys;
using Billing.Proofs;
using Billing.Reading;
using Billing.Rows;
using Billing.Settlement;
using Billing.Sources;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>
/// One ingestion of one source. Three sides run at the same time, a batch or so apart: one reads and converts, one identifies and categorises
/// (<see cref="BatchStages"/>); the third writes quarantine, records and progress, several batches at once if the ledger takes that.
/// </summary>
internal sealed class IngestRun(PipelineSettings settings, IBillingSource source, IngestOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>The source, if it is open already. The run closes it.</summary>
    public OpenedSource? Opened { get; init; }

    /// <summary>What looks at a sample of the rows; null for that of the run itself.</summary>
    public RunSample? Sample { get; init; }

    public async Task<IngestReport> RunAsync(CancellationToken cancellationToken)
    {
        (SourceLayout layout, RecordIdentity identity, string? scope) = settings.Resolve(options);
        if (layout.Pending is not null && !settings.IsDryRun)
        {
            await PendingSync.DemandAsync(settings.Sinks[0], cancellationToken).ConfigureAwait(false);
        }

        bool isProved = !settings.IsFirstReading && SourceProof.IsAskedFor(layout, options.Expect);
        DriftWatch? drift = DriftWatch.Of(settings, options, source, layout, scope);
        using RereadSource? reread = isProved || options.Delivery is not null || drift is { Policy: DriftPolicy.Stop } ? new RereadSource(source) : null;
        (FirstReading? delivery, IngestReport? first) = options.Delivery is null ? default : await FirstReading.ReadAsync(await ReplacingAsync(cancellationToken).ConfigureAwait(false), reread!, opened: null, options, time, cancellationToken).ConfigureAwait(false);
        // Opening comes first: if it fails, there is no run, and the caller gets the source's own exception.
        OpenedSource stream = Opened ?? await SourceStreams.OpenAsync(reread ?? source, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            RunTally tally = new(settings.ReportingCurrency);
            RunRecorder recorder = new(settings, tally, source.Name, scope, settings.Keep(layout, identity), options.RunEnded, time, logger, BillingTelemetry.IngestActivity);
            recorder.Describe(report => report with { Delivery = options.Delivery });
            Progress progress = new(stream);
            try
            {
                await recorder.BeginAsync(cancellationToken).ConfigureAwait(false);
                Log.RunStarted(logger, recorder.Report.RunId, source.Name);
                if (delivery is not null && (delivery.Refusal(source.Name, first!) ?? await DeliveryOrder.RefusalAsync((IBillingStore)settings.Sinks[0], recorder.Report, first!.Sha256, cancellationToken).ConfigureAwait(false)) is { } refusal)
                {
                    throw new DeliveryRefusedException(refusal);
                }

                KnownSource? known = options.Delivery is not null ? null : KnownSource.Of(settings, options, source, layout, identity, scope);
                if (known is not null && await known.BeginAsync(cancellationToken).ConfigureAwait(false) is { } earlier)
                {
                    IngestReport report = await recorder.CompleteKnownAsync(earlier, cancellationToken).ConfigureAwait(false);
                    options.Progress?.Report(new IngestProgress(report.Bytes, source.Length, report));
                    return report;
                }

                Func<Task<IngestReport>> run = () => RunAsync(progress.Stream, layout, identity, scope, tally, recorder, known, drift, progress, cancellationToken);
                if (drift is { Policy: DriftPolicy.Stop })
                {
                    run = delivery is null ? AfterReading(run, ReadAndCompareAsync) : After(run, () => CompareAsync(drift, delivery.Sample, first!, recorder, progress, cancellationToken));
                }

                return await (isProved ? AfterReading(run, () => ProveAsync(layout, identity, recorder, progress, cancellationToken)) : run)().ConfigureAwait(false);

                async Task ReadAndCompareAsync()
                {
                    (FirstReading reading, IngestReport report) = await ReadFirstAsync(reread!, progress.Stream, cancellationToken).ConfigureAwait(false);
                    await CompareAsync(drift!, reading.Sample, report, recorder, progress, cancellationToken).ConfigureAwait(false);
                }

                // The source is read to its end before the first row is stored, then once more from the same bytes.
                Func<Task<IngestReport>> AfterReading(Func<Task<IngestReport>> next, Func<Task> read) => async () =>
                {
                    await read().ConfigureAwait(false);
                    OpenedSource again = await SourceStreams.OpenAsync(reread!, cancellationToken).ConfigureAwait(false);
                    await using (again.ConfigureAwait(false))
                    {
                        progress.Stream = again;
                        return await next().ConfigureAwait(false);
                    }
                };
            }
            catch (Exception e) when (!recorder.HasEnded)
            {
                Exception ending = await recorder.FailAsync(e, progress.Read, progress.Stream.Bytes.BytesRead, cancellationToken).ConfigureAwait(false);
                if (ending == e)
                {
                    throw;
                }

                throw ending;
            }
        }
    }

    private async ValueTask<PipelineSettings> ReplacingAsync(CancellationToken cancellationToken)
    {
        if (settings.Sinks[0] is not IAmendableStore ledger)
        {
            throw new BillingConfigurationException($"The ledger {settings.Sinks[0].Name} cannot replace what it holds: it is not an {nameof(IAmendableStore)}, or this is a dry run.");
        }

        if (settings.Sinks.Count > 1)
        {
            throw new BillingConfigurationException($"A delivery that replaces needs a ledger that no other sink follows: {string.Join(", ", settings.Sinks.Skip(1).Select(sink => sink.Name))} would keep what is superseded.");
        }

        return await ledger.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false)
            ? settings
            : throw new BillingConfigurationException($"The ledger {ledger.Name} cannot replace what it holds: an earlier version made it, and it may not be upgraded. Open the store once for writing, with CreateTables set.");
    }

    private static Func<Task<IngestReport>> After(Func<Task<IngestReport>> next, Func<Task> first) => async () =>
    {
        await first().ConfigureAwait(false);
        return await next().ConfigureAwait(false);
    };

    private async Task ProveAsync(SourceLayout layout, RecordIdentity identity, RunRecorder recorder, Progress progress, CancellationToken cancellationToken)
    {
        SourceProof reading = new(layout, options.Expect);
        OpenedSource first = progress.Stream;
        IngestProof proof = await reading.ReadAsync(source.Name, first, identity, settings.Batch.Rows, settings.Batch.Bytes, cancellationToken).ConfigureAwait(false);
        progress.Read = proof.Outcome == ProofOutcome.Contradicted ? reading.Read : ControlTotals.Zero;
        recorder.Prove(proof, first.Bytes.Sha256Hex);
        progress.Proved = reading.Read;
    }

    private async Task<(FirstReading Reading, IngestReport Report)> ReadFirstAsync(RereadSource reread, OpenedSource opened, CancellationToken cancellationToken)
    {
        try
        {
            return await FirstReading.ReadAsync(settings, reread, opened, options, time, cancellationToken).ConfigureAwait(false);
        }
        catch (IngestFailedException exception) when (exception.InnerException is { } cause)
        {
            // What it says of rows that were stored is of the first reading, which stores none.
            ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    // Before anything is stored.
    private async Task CompareAsync(DriftWatch drift, RunSample sample, IngestReport first, RunRecorder recorder, Progress progress, CancellationToken cancellationToken)
    {
        IngestDrift found = await drift.CompareAsync(recorder.Report with { Read = first.Read, Quarantined = first.Quarantined }, sample, cancellationToken).ConfigureAwait(false);
        recorder.Describe(report => report with { Drift = found });
        if (found.IsStopped)
        {
            progress.Read = first.Read;
            recorder.Describe(report => report with { Sha256 = first.Sha256 });
            throw new DriftStoppedException(DriftWatch.Refusal(source.Name, found));
        }
    }

    private async Task<IngestReport> RunAsync(OpenedSource stream, SourceLayout layout, RecordIdentity identity, string? scope, RunTally tally, RunRecorder recorder, KnownSource? known, DriftWatch? drift, Progress progress, CancellationToken cancellationToken)
    {
        RecordReader reader = await RecordReaders.OpenAsync(source.Name, stream.Content, layout, identity, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            RunSample? sample = Sample ?? drift?.Sample;
            sample?.LookAt(reader);
            using RecordFingerprinter fingerprinter = new(identity);
            // The writing side has its own, for rows that the ledger does not take: a fingerprinter is not thread-safe.
            using RecordFingerprinter writerFingerprinter = new(identity);
            RowProcessor processor = new(settings, fingerprinter, scope, recorder.Report.RunId);
            RowProcessor writerProcessor = new(settings, writerFingerprinter, scope, recorder.Report.RunId);
            Corrections corrections = await Corrections.LoadAsync(settings.Sinks[0], source.Name, cancellationToken).ConfigureAwait(false);
            IRowWatch? watch = identity.Kind switch
            {
                RecordIdentityKind.Content => new RepeatedIds(),
                RecordIdentityKind.Columns => new RepeatedKeys(),
                _ => null,
            };
            Supersession? supersession = options.Delivery is { } delivery ? new Supersession((IAmendableStore)settings.Sinks[0], delivery, recorder.Report.RunId, recorder.Content) : null;
            RemovedRows removed = new(await RemovedRecords.LoadAsync(settings.Sinks[0], cancellationToken).ConfigureAwait(false));
            BatchWriter writer = new(settings.Sinks, tally, recorder.Report.RunId, new DeliveredRows(recorder.Keepers, recorder.Report.RunId), removed, supersession) { Content = recorder.Content };
            PendingReach? reach = layout.Pending is null || settings.IsDryRun ? null : new PendingReach(recorder.Report.RunId, options.Delivery);
            int writesAtOnce = Math.Max(1, settings.Sinks[0].Concurrency);
            LedgerWrites writes = new(writer, writesAtOnce);

            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using BatchStages stages = new(source.Name, reader, stream, processor, tally, corrections, watch, settings.Batch, writesAtOnce);
            Task reading = stages.RunAsync(stop.Token);
            try
            {
                await foreach (Batch batch in stages.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    while (writes.MustEndBefore(batch))
                    {
                        await EndOldestAsync().ConfigureAwait(false);
                    }

                    progress.Read = batch.Read;
                    writes.Start(batch, cancellationToken);
                }

                while (writes.Count > 0)
                {
                    await EndOldestAsync(isLast: writes.Count == 1).ConfigureAwait(false);
                }
            }
            finally
            {
                // The reading side uses the stream, so it must end before the stream is disposed, whatever happened.
                await stop.CancelAsync().ConfigureAwait(false);
                await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await writes.SettleAsync().ConfigureAwait(false);
            }

            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            await stream.Bytes.DrainAsync(cancellationToken).ConfigureAwait(false);
            progress.ThrowIfNotProved(source.Name);
            if (supersession is not null)
            {
                await supersession.FinishAsync(cancellationToken).ConfigureAwait(false);
                recorder.Describe(report => report with { Superseded = supersession.Superseded });
            }

            List<string> warnings = Warnings(reader, writer, watch, recorder.Report);
            if (reach is not null)
            {
                warnings.AddRange(await recorder.SettleAsync(reach, cancellationToken).ConfigureAwait(false));
            }

            if (recorder.Report.Stored.Rows > 0 && await IgnoredBefore.WarningAsync(settings.Sinks[0], layout, scope, recorder.Report.RunId, cancellationToken).ConfigureAwait(false) is { } ignored)
            {
                warnings.Add(ignored);

                // The warning is of what this run stored; a later delivery stores nothing again.
                known = null;
            }

            if (await StatementGaps.WarningsAsync(settings.Sinks[0], recorder.Report, cancellationToken).ConfigureAwait(false) is { Count: > 0 } gaps)
            {
                warnings.AddRange(gaps);

                // A later delivery meets other statements.
                known = null;
            }

            if (drift is not null)
            {
                IngestReport read = recorder.Report with { Read = progress.Read, Sha256 = stream.Bytes.Sha256Hex };
                IngestDrift found = read.Drift ?? await drift.CompareAsync(read, drift.Sample, cancellationToken).ConfigureAwait(false);
                recorder.Describe(report => report with { Drift = drift.IsTold(found) ? found : null });
                warnings.AddRange(drift.Warnings(found, recorder.Report.RunId));

                // A later delivery meets other runs.
                known = found.Findings.Count > 0 ? null : known;
            }

            IReadOnlyList<RecordKey> corrected = await corrections.FindAsync(settings.Sinks[0], recorder.Report.RunId, cancellationToken).ConfigureAwait(false);
            if (known is not null)
            {
                await known.RememberAsync(recorder.Report, cancellationToken).ConfigureAwait(false);
            }

            IngestReport report = await recorder.CompleteAsync(progress.Read, stream.Bytes.BytesRead, stream.Bytes.Sha256Hex, warnings, writer, corrected, cancellationToken).ConfigureAwait(false);
            if (drift is not null)
            {
                await drift.RememberAsync(report, logger, cancellationToken).ConfigureAwait(false);
            }

            options.Progress?.Report(new IngestProgress(stream.Bytes.BytesRead, source.Length, report));
            return report;

            async ValueTask EndOldestAsync(bool isLast = false)
            {
                (Batch batch, IReadOnlyList<WriteOutcome> outcomes) = await writes.EndOldestAsync((row, fault) => writerProcessor.Quarantine(row, source.Name, fault, reader), cancellationToken).ConfigureAwait(false);
                corrections.Confirm(batch, outcomes);
                sample?.Note(batch);
                reach?.Note(batch.Quarantined, batch.Pending);

                // The end of the run follows at once and records the last batch. Otherwise small runs, such as those of messages, would mostly write reports.
                await recorder.ProgressAsync(batch.Read, batch.BytesRead, isRecorded: !isLast, cancellationToken).ConfigureAwait(false);
                options.Progress?.Report(new IngestProgress(batch.BytesRead, source.Length, recorder.Report));
                RowReporter.Tell(options, source.Name, batch, outcomes);

                stages.Release(batch);
            }
        }
    }

    private static List<string> Warnings(RecordReader reader, BatchWriter writer, IRowWatch? watch, IngestReport report)
    {
        List<string> warnings = [.. reader.Warnings, .. writer.Warnings];
        if (report.Scope is null && report.DuplicatesFromOtherSources is { Count: > 0 } origins)
        {
            string from = string.Join(", ", origins.Select(origin => $"{origin.Source} {origin.Rows}"));
            warnings.Add($"rows were stored already from other sources ({from}) and no scope is given; if those are other records, give each source the scope of its account or supplier");
        }

        if (watch?.Warning is { } repeated)
        {
            warnings.Add(repeated);
        }

        return warnings;
    }

    /// <summary>The progress of the writing side, for the report of a run that ends early.</summary>
    private sealed class Progress(OpenedSource stream)
    {
        /// <summary>The stream that is read.</summary>
        public OpenedSource Stream { get; set; } = stream;

        public ControlTotals Read { get; set; } = ControlTotals.Zero;

        /// <summary>What was read of the source before, to compare it with what is stated; null if nothing is.</summary>
        public ControlTotals? Proved { get; set; }

        // The bytes are the same, so only a reader that does not read them twice in the same way could come here.
        public void ThrowIfNotProved(string sourceName)
        {
            if (Proved is { } proved && !proved.Equals(Read))
            {
                throw new InvalidOperationException($"{sourceName} was read twice, and the second time it came to {Read} instead of {proved}.");
            }
        }
    }
}
