using Billing.Console.Arguments;
using Billing.Console.Progress;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary>
/// Takes sources into a pipeline one after the other. One that cannot be read costs only itself;
/// a run that breaks off (the store failed, the disk is full) ends the work, since the next one would meet the same.
/// </summary>
internal sealed class IngestRun(BillingPipeline pipeline, PipelineSettings settings, ProgressDisplay display)
{
    private readonly List<IngestReport> _reports = [];
    private readonly List<string> _errors = [];
    private IngestReport? _soFar;

    /// <summary>One report per source that was opened, as far as it came.</summary>
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
        _soFar = null;
        try
        {
            report = await pipeline.IngestAsync(source, settings.ToIngestOptions(new Tee(this, progress)), cancellationToken);
            return true;
        }
        catch (SourceFormatException exception)
        {
            _errors.Add(exception.Message);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && _soFar is null)
        {
            _errors.Add($"{source.Name}: {exception.Message}");
            return true;
        }
        catch (IngestFailedException exception)
        {
            report = exception.Report;
            _errors.Add(exception.Message);
            return false;
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or IOException or UnauthorizedAccessException
            || (exception is BillingException && (exception is not BillingConfigurationException || _reports.Count > 0)))
        {
            // The store failed before the run had a report. What is wrong with the settings shows at the first file, and is wrong usage.
            _errors.Add($"{source.Name}: {Failure.Of(exception).Message} Nothing of it is stored; running the same command again is safe.");
            return false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            IsCancelled = true;
            report = _soFar is null ? null : _soFar with { Status = RunStatus.Failed, Error = "Cancelled." };
            _errors.Add($"Cancelled in {source.Name}. {Figures.Count(_soFar?.Stored.Rows ?? 0, "row")} of it {(_soFar?.Stored.Rows == 1 ? "is" : "are")} stored; running the same command again is safe.");
            return false;
        }
        finally
        {
            if (report is not null)
            {
                _reports.Add(report);
            }

            display.End(report);
        }
    }

    /// <summary>Remembers the last totals, for a run that ends early, and passes them on.</summary>
    private sealed class Tee(IngestRun run, IProgress<IngestProgress> next) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value)
        {
            run._soFar = value.Report;
            next.Report(value);
        }
    }
}
