using Billing.Console.Arguments;
using Billing.Console.Progress;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary>
/// Takes sources into a pipeline one after the other. One that cannot be read costs only itself;
/// a run that breaks off (the store failed, the disk is full) ends the work, since the next one would meet the same.
/// </summary>
internal sealed class IngestSeries(BillingPipeline pipeline, PipelineArguments settings, ProgressDisplay display)
{
    private readonly List<IngestReport> _reports = [];
    private readonly List<string> _errors = [];

    /// <summary>One report per source that was opened, as far as it came; and one for each run that released rows which waited for its rates.</summary>
    public IReadOnlyList<IngestReport> Reports => _reports;

    /// <summary>What went wrong, one line each.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public bool IsCancelled { get; private set; }

    public async Task IngestAsync(IReadOnlyList<IBillingSource> sources, CancellationToken cancellationToken)
    {
        for (int i = 0; i < sources.Count; i++)
        {
            if (!await IngestAsync(sources[i], cancellationToken))
            {
                int left = sources.Count - i - 1;
                if (left > 0)
                {
                    _errors.Add(left == 1 ? $"{sources[^1].Name} was not tried." : $"{Figures.Count(left)} more files were not tried, from {sources[i + 1].Name} on.");
                }

                return;
            }
        }
    }

    /// <returns>Whether it makes sense to go on.</returns>
    private async Task<bool> IngestAsync(IBillingSource source, CancellationToken cancellationToken)
    {
        IProgress<IngestProgress> progress = display.Begin(source);
        IngestReport? report = null;
        List<IngestReport> released = [];
        try
        {
            IngestOptions options = settings.ToIngestOptions(progress) with { Expect = settings.Expect.Of(source), RunEnded = ended => released.AddRange(ended.ReplayOf is null ? [] : [ended]) };
            report = await pipeline.IngestAsync(source, options, cancellationToken);
            return true;
        }
        catch (SourceFormatException exception)
        {
            _errors.Add(exception.Message);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What fails later is the run's: this is the file that cannot be opened.
            _errors.Add($"{source.Name}: {exception.Message}");
            return true;
        }
        catch (IngestFailedException exception) when (exception.Report.Proof.Outcome == ProofOutcome.Contradicted || exception.Report.Drift is { IsStopped: true })
        {
            report = exception.Report;
            _errors.Add(exception.Message);
            return true;
        }
        catch (IngestFailedException exception)
        {
            // A run that read nothing has no totals to show.
            report = exception.Report.Read.Rows == 0 ? null : exception.Report;
            _errors.Add(exception.Message);
            return false;
        }
        catch (BillingException exception) when (exception is not BillingConfigurationException || _reports.Count > 0)
        {
            // What is wrong with the settings shows at the first file, and is wrong usage.
            _errors.Add($"{source.Name}: {Failure.Of(exception).Message} Nothing of it is stored; running the same command again is safe.");
            return false;
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            IsCancelled = true;
            report = (exception as IngestCanceledException)?.Report;
            _errors.Add($"Cancelled in {source.Name}. {Figures.Count(report?.Stored.Rows ?? 0, "row")} of it {(report?.Stored.Rows == 1 ? "is" : "are")} stored; running the same command again is safe.");
            return false;
        }
        finally
        {
            if (report is not null)
            {
                _reports.Add(report);
            }

            _reports.AddRange(released);

            display.End(report);
        }
    }
}
