using Billing.Amendments;
using System.Diagnostics;
using Billing.Proofs;
using Billing.Reports;
using Billing.Settlement;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Keeps the report of one run, in the sinks and for telemetry, from its beginning to its end.</summary>
internal sealed class RunRecorder
{
    // Recording a report takes a commit of its own, as long as that of a batch.
    private const string NotKept = "the store is of an earlier version and may not be upgraded, so what this run delivered is not noted, and the run is not sealed; open the store once for writing, with CreateTables set";

    private static readonly TimeSpan s_betweenRecords = TimeSpan.FromMilliseconds(250);

    private readonly PipelineSettings _settings;
    private readonly List<IBillingSink> _begun = [];
    private readonly List<IAmendableStore> _keepers = [];
    private readonly RunTally _tally;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly long _started;
    private readonly IEnumerable<Action<IngestReport>> _listeners;
    private long _recorded;

    public RunRecorder(PipelineSettings settings, RunTally tally, string source, string? scope, RunSettings kept, Action<IngestReport>? ended, TimeProvider time, ILogger logger, string activityName)
    {
        _listeners = ended is null ? settings.RunListeners : settings.RunListeners.Append(ended);
        _settings = settings;
        _tally = tally;
        _time = time;
        _logger = logger;
        _started = _recorded = time.GetTimestamp();
        _activity = RunTelemetry.Activities.StartActivity(activityName);
        DateTimeOffset now = time.GetUtcNow();
        Report = new IngestReport
        {
            RunId = TimeOrderedIds.Next(now),
            Source = source,
            Scope = scope,
            StartedAt = now,
            ReportingCurrency = settings.ReportingCurrency.Code,
            Settings = kept,
            IsDryRun = settings.IsDryRun,
        };
    }

    /// <summary>The report so far.</summary>
    public IngestReport Report { get; private set; }

    /// <summary>What the seal of the run covers; null where none is made: of a dry run, or where the ledger keeps no documents.</summary>
    public RunContent? Content { get; private set; }

    /// <summary>The sinks that keep notes of what the run delivered.</summary>
    public IReadOnlyList<IAmendableStore> Keepers => _keepers;

    /// <summary>Whether the run has ended and its report was told. Whatever is thrown afterwards changes neither.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Adds to the report what is known before the run begins.</summary>
    public void Describe(Func<IngestReport, IngestReport> describe) => Report = describe(Report);

    /// <summary>Records the run as running.</summary>
    /// <exception cref="BillingConfigurationException">The ledger has another reporting currency, or a store has records of an earlier canonical form; nothing was recorded.</exception>
    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        await _settings.Terms.CheckAsync(_settings.Sinks, _settings.ReportingCurrency, cancellationToken).ConfigureAwait(false);
        foreach (IBillingSink sink in _settings.Sinks)
        {
            await sink.WriteRunAsync(Report, cancellationToken).ConfigureAwait(false);
            _begun.Add(sink);
        }

        foreach (IAmendableStore sink in _settings.IsDryRun ? [] : _settings.Sinks.OfType<IAmendableStore>())
        {
            if (await sink.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false))
            {
                _keepers.Add(sink);
            }
        }

        Content = _keepers.Count > 0 && _keepers[0] == _settings.Sinks[0] ? new RunContent(_keepers[0], Report.RunId, _settings.Seals) : null;
    }

    /// <summary>Notes what became of the figures that are stated of the source, before anything is stored.</summary>
    /// <exception cref="ContradictedException">They do not come out.</exception>
    public void Prove(IngestProof proof, string? sha256)
    {
        Report = Report with { Proof = proof };
        if (proof.Outcome == ProofOutcome.Contradicted)
        {
            Report = Report with { Sha256 = sha256 };
            throw new ContradictedException($"{Report.Source} does not come to what is stated of it: {ProofText.Contradictions(proof)}. Nothing of it is stored. Get the whole source from its sender, or correct what is stated.");
        }
    }

    /// <summary>Updates the report, and records it if that is wanted and was not done a moment ago.</summary>
    public async ValueTask ProgressAsync(ControlTotals read, long bytes, bool isRecorded, CancellationToken cancellationToken)
    {
        Update(read, bytes);
        if (isRecorded && _time.GetElapsedTime(_recorded) >= s_betweenRecords)
        {
            await WriteAsync(cancellationToken).ConfigureAwait(false);
            _recorded = _time.GetTimestamp();
        }

        Log.BatchWritten(_logger, Report.RunId, read.Rows, bytes);
    }

    /// <summary>Brings pending rows within reach of the run up to date, and notes in the report which were replaced.</summary>
    /// <returns>Warnings for readers of the report.</returns>
    public async ValueTask<IReadOnlyList<string>> SettleAsync(PendingReach reach, CancellationToken cancellationToken)
    {
        PendingChanges changes = await new PendingSync(_settings.Sinks).RunAsync(reach, cancellationToken).ConfigureAwait(false);
        Report = Report with { PendingReplaced = changes.Replaced };
        return changes.Asked == 0 ? [] : [FormattableString.Invariant($"{changes.Asked} pending rows could be several posted records, or share one with another pending row: they stay pending, and count in no sum, until somebody says which is which (billing pending)")];
    }

    /// <summary>Ends a run that read its source to the end. It is completed only if it balances, both in itself and with what the sinks hold of it.</summary>
    /// <param name="read">Everything that was read.</param>
    /// <param name="bytes">The bytes that were read.</param>
    /// <param name="sha256">The digest of the source.</param>
    /// <param name="warnings">Warnings for readers of the report.</param>
    /// <param name="writer">The writer, which knows what followers reported that they stored, and closes quarantined rows.</param>
    /// <param name="closes">The quarantined rows that the run has stored. They stay open if the run does not balance: a sink that loses rows must not lose the last copy too.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="IngestFailedException">The run does not balance.</exception>
    public async ValueTask<IngestReport> CompleteAsync(
        ControlTotals read, long bytes, string? sha256, IReadOnlyList<string> warnings, BatchWriter writer, IReadOnlyList<RecordKey> closes, CancellationToken cancellationToken)
    {
        Update(read, bytes);
        Report = Report with { Sha256 = sha256, Warnings = Content is null && _settings.Sinks[0] is IAmendableStore && !_settings.IsDryRun ? [.. warnings, NotKept] : warnings };
        string? fault = await FaultOfSinksAsync(writer.Followers, cancellationToken).ConfigureAwait(false)
            ?? (Report.IsBalanced ? null : $"The run of {Report.Source} does not balance: read {Report.Read.Rows} rows, but stored {Report.Stored.Rows}, duplicate {Report.Duplicate.Rows}, conflict {Report.Conflict.Rows}, quarantined {Report.Quarantined.Rows}, or their money differs. A sink or a source breaks its contract; the report has the totals.");
        if (fault is null && closes.Count > 0 && !Report.IsDryRun)
        {
            await writer.CloseQuarantineAsync(closes, cancellationToken).ConfigureAwait(false);
            Log.QuarantineClosed(_logger, Report.RunId, closes.Count);
        }

        Report = Report with { Status = fault is null ? RunStatus.Completed : RunStatus.Failed, Error = fault };
        await WriteAsync(cancellationToken).ConfigureAwait(false);
        await SealAsync(cancellationToken).ConfigureAwait(false);
        End();
        if (fault is not null)
        {
            Log.RunNotBalanced(_logger, Report.RunId);
            throw new IngestFailedException(fault, Report);
        }

        LogCompleted();
        return Report;
    }

    /// <summary>Ends a run whose source an earlier run took whole: every row is a duplicate, with the totals and the warnings of that run.</summary>
    public async ValueTask<IngestReport> CompleteKnownAsync(IngestReport earlier, CancellationToken cancellationToken)
    {
        Report = Report with
        {
            Sha256 = earlier.Sha256,
            Bytes = earlier.Bytes,
            Elapsed = _time.GetElapsedTime(_started),
            Status = RunStatus.Completed,
            KnownFrom = earlier.RunId,
            Read = earlier.Read,
            Duplicate = earlier.Read,
            Removed = earlier.Removed,
            DuplicatesFromOtherSources = earlier.DuplicatesFromOtherSources,
            Warnings = earlier.Warnings,
            Proof = earlier.Proof,
        };
        await WriteAsync(cancellationToken).ConfigureAwait(false);
        await SealAsync(cancellationToken).ConfigureAwait(false);
        End();
        Log.SourceKnown(_logger, Report.RunId, earlier.RunId, Report.Source, Report.Read.Rows);
        return Report;
    }

    /// <summary>Ends a run that cannot go on, and records that where it still can.</summary>
    /// <param name="exception">The exception that ended the run.</param>
    /// <param name="read">Everything that was read.</param>
    /// <param name="bytes">The bytes that were read.</param>
    /// <param name="cancellationToken">The token of the caller. A run is cancelled only by it: a sink whose calls time out throws the same exceptions.</param>
    /// <returns>The exception to throw: the exception itself if it tells the caller that nothing was read.</returns>
    public async ValueTask<Exception> FailAsync(Exception exception, ControlTotals read, long bytes, CancellationToken cancellationToken)
    {
        bool isCancelled = exception is OperationCanceledException && cancellationToken.IsCancellationRequested;
        Update(read, bytes);
        Report = Report with { KnownFrom = null, Status = RunStatus.Failed, Error = isCancelled ? "Cancelled." : exception.Message, EndedEarly = true };
        foreach (IBillingSink sink in _begun)
        {
            try
            {
                // The run's own token may have ended it.
                await sink.WriteRunAsync(Report, CancellationToken.None).ConfigureAwait(false);
                if (sink == _settings.Sinks[0])
                {
                    await SealAsync(CancellationToken.None).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // The first error is the one to throw; this one is logged, and the run stays listed as running.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.RunNotRecorded(_logger, e, Report.RunId, sink.Name);
            }
        }

        if (exception is ContradictedException)
        {
            Log.RunContradicted(_logger, Report.RunId, Report.Source);
        }
        else
        {
            Log.RunFailed(_logger, Report.RunId, Report.Error);
        }

        End();
        if (_begun.Count < _settings.Sinks.Count && !isCancelled && exception is not BillingConfigurationException)
        {
            return new IngestFailedException($"The run of {Report.Source} could not begin: {exception.Message} Nothing of it is stored; running it again is safe.", Report, exception);
        }

        string what = $"{Report.Stored.Rows} rows were stored, {Report.Duplicate.Rows} were there already; running it again is safe.";
        return exception switch
        {
            _ when isCancelled => new IngestCanceledException($"The run of {Report.Source} was cancelled: {what}", Report, exception, cancellationToken),
            SourceFormatException or BillingConfigurationException when read.Rows == 0 => exception,
            ContradictedException or DeliveryRefusedException or DriftStoppedException => new IngestFailedException(exception.Message, Report),
            _ => new IngestFailedException($"The run of {Report.Source} ended early: {exception.Message} {what}", Report, exception),
        };
    }

    private async ValueTask<string?> FaultOfSinksAsync(IReadOnlyList<RunTotals> followers, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _settings.Sinks.Count; i++)
        {
            IBillingSink sink = _settings.Sinks[i];
            RunTotals said = i == 0 ? _tally.StoredTotals : followers[i - 1];
            if (await sink.TotalsOfRunAsync(Report, cancellationToken).ConfigureAwait(false) is not { } held || held == said)
            {
                continue;
            }

            if (i == 0)
            {
                Content?.IsDoubtful = true;
                Report = Report with { Stored = held.Stored, StoredInReportingCurrency = held.StoredInReportingCurrency };
            }

            return $"The run of {Report.Source} does not balance with what {sink.Name} holds: it reported that it stored {said}, but it has {held}. It loses or changes rows, or another program changed them in the meantime. Compare it with the source (billing explain, billing verify) before you trust it.";
        }

        return null;
    }

    private void Update(ControlTotals read, long bytes) =>
        Report = _tally.Report(Report, read) with { Bytes = bytes, Elapsed = _time.GetElapsedTime(_started) };

    private void End()
    {
        HasEnded = true;
        RunTelemetry.Ended(_activity, Report);
        _activity?.Dispose();
        foreach (Action<IngestReport> listener in _listeners)
        {
            try
            {
                listener(Report);
            }
#pragma warning disable CA1031 // The run has ended, and stays as it ended.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.RunListenerFailed(_logger, e, Report.RunId);
            }
        }
    }

    private void LogCompleted()
    {
        if (Report.IsDryRun)
        {
            Log.DryRunCompleted(_logger, Report.RunId, Report.Read.Rows, Report.Stored.Rows, Report.Duplicate.Rows, Report.Conflict.Rows, Report.Quarantined.Rows);
            return;
        }

        Log.RunCompleted(_logger, Report.RunId, Report.Read.Rows, Report.Stored.Rows, Report.Duplicate.Rows, Report.Conflict.Rows, Report.Quarantined.Rows);
        if (Report.Quarantined.Rows > Report.Pending.Rows && _logger.IsEnabled(LogLevel.Warning))
        {
            Log.RowsQuarantined(_logger, Report.RunId, Report.Quarantined.Rows, string.Join(", ", Report.Reasons.Select(reason => $"{reason.Key} {reason.Value}")));
        }

        if (Report.Conflict.Rows > 0)
        {
            Log.RowsInConflict(_logger, Report.RunId, Report.Conflict.Rows);
        }

        foreach (string warning in Report.Warnings)
        {
            Log.Warned(_logger, Report.RunId, warning);
        }
    }

    // The run has ended, and its report says so: that no seal can be made now does not change it. A later seal covers it too.
    private async ValueTask SealAsync(CancellationToken cancellationToken)
    {
        if (Content is null)
        {
            return;
        }

        using RunContent content = Content;
        try
        {
            if (!await content.SealAsync(Report, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
            {
                Log.RunNotSealed(_logger, null, Report.RunId);
            }
        }
#pragma warning disable CA1031 // It is logged, and the run stays named as not sealed until it is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RunNotSealed(_logger, e, Report.RunId);
        }
    }

    private async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        foreach (IBillingSink sink in _settings.Sinks)
        {
            await sink.WriteRunAsync(Report, cancellationToken).ConfigureAwait(false);
        }
    }
}
