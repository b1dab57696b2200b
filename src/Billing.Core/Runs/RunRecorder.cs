using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Keeps the report of one run, in the sinks and for telemetry, from its beginning to whichever end.</summary>
internal sealed class RunRecorder
{
    private readonly IReadOnlyList<IBillingSink> _sinks;
    private readonly RunTally _tally;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Activity? _activity;
    private readonly long _started;

    private RunRecorder(PipelineSettings settings, RunTally tally, string source, string? scope, RunSettings kept, TimeProvider time, ILogger logger, string activityName)
    {
        _sinks = settings.Sinks;
        _tally = tally;
        _time = time;
        _logger = logger;
        _started = time.GetTimestamp();
        _activity = RunTelemetry.Activities.StartActivity(activityName);
        DateTimeOffset now = time.GetUtcNow();
        Report = new IngestReport
        {
            // Version 7: sorts by time.
            RunId = Guid.CreateVersion7(now).ToString("N"),
            Source = source,
            Scope = scope,
            StartedAt = now,
            ReportingCurrency = settings.ReportingCurrency.Code,
            Settings = kept,
        };
    }

    /// <summary>The report so far.</summary>
    public IngestReport Report { get; private set; }

    public static async ValueTask<RunRecorder> StartAsync(PipelineSettings settings, RunTally tally, string source, string? scope, RunSettings kept, TimeProvider time, ILogger logger, string activityName, CancellationToken cancellationToken)
    {
        await settings.LedgerCurrency.CheckAsync(settings.Sinks[0], settings.ReportingCurrency, cancellationToken).ConfigureAwait(false);
        RunRecorder recorder = new(settings, tally, source, scope, kept, time, logger, activityName);
        await recorder.WriteAsync(cancellationToken).ConfigureAwait(false);
        return recorder;
    }

    /// <summary>Brings the report up to date, and records it where that is wanted.</summary>
    public async ValueTask ProgressAsync(ControlTotals read, long bytes, bool isRecorded, CancellationToken cancellationToken)
    {
        Update(read, bytes);
        if (isRecorded)
        {
            await WriteAsync(cancellationToken).ConfigureAwait(false);
        }

        Log.BatchWritten(_logger, Report.RunId, read.Rows, bytes);
    }

    /// <summary>Ends a run that read its source to the end; it is complete only if it balances.</summary>
    /// <exception cref="IngestFailedException">It does not balance.</exception>
    public async ValueTask<IngestReport> CompleteAsync(ControlTotals read, long bytes, string? sha256, IReadOnlyList<string> warnings, CancellationToken cancellationToken)
    {
        Update(read, bytes);
        Report = Report with { Sha256 = sha256, Warnings = warnings };
        Report = Report with { Status = Report.IsBalanced ? RunStatus.Completed : RunStatus.Failed };
        if (!Report.IsBalanced)
        {
            Report = Report with { Error = "The run does not balance." };
        }

        await WriteAsync(cancellationToken).ConfigureAwait(false);
        End();
        if (!Report.IsBalanced)
        {
            throw new IngestFailedException(
                $"The run of {Report.Source} does not balance: read {Report.Read.Rows} rows, but stored {Report.Stored.Rows}, duplicate {Report.Duplicate.Rows}, conflict {Report.Conflict.Rows}, quarantined {Report.Quarantined.Rows}, or their money differs. A sink or a source breaks its contract; the report has the totals.",
                Report);
        }

        LogCompleted();
        return Report;
    }

    /// <summary>Ends a run that cannot go on. The run is recorded where it still can be; the error that ended it is the caller's to throw.</summary>
    public async ValueTask FailAsync(ControlTotals read, long bytes, string error)
    {
        Update(read, bytes);
        Report = Report with { Status = RunStatus.Failed, Error = error };
        foreach (IBillingSink sink in _sinks)
        {
            try
            {
                // The run's own token may be what ended it.
                await sink.WriteRunAsync(Report, CancellationToken.None).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // The first error is the one to throw; this one is logged, and the run stays listed as running.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Log.RunNotRecorded(_logger, e, Report.RunId, sink.Name);
            }
        }

        Log.RunFailed(_logger, Report.RunId, error);
        End();
    }

    private void Update(ControlTotals read, long bytes) =>
        Report = _tally.Report(Report, read) with { Bytes = bytes, Elapsed = _time.GetElapsedTime(_started) };

    private void End()
    {
        RunTelemetry.Ended(_activity, Report);
        _activity?.Dispose();
    }

    private void LogCompleted()
    {
        Log.RunCompleted(_logger, Report.RunId, Report.Read.Rows, Report.Stored.Rows, Report.Duplicate.Rows, Report.Conflict.Rows, Report.Quarantined.Rows);
        if (Report.Quarantined.Rows > 0 && _logger.IsEnabled(LogLevel.Warning))
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

    private async ValueTask WriteAsync(CancellationToken cancellationToken)
    {
        foreach (IBillingSink sink in _sinks)
        {
            await sink.WriteRunAsync(Report, cancellationToken).ConfigureAwait(false);
        }
    }
}
