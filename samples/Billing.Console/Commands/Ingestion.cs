using Billing.Console.Arguments;
using Billing.Console.Progress;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary>Takes sources into a store, shows how far it is, and prints the statement.</summary>
internal static class Ingestion
{
    /// <returns>A code of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<IBillingSource> sources, PipelineArguments settings, IStore store, bool isDryRun, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        ProgressDisplay display = ProgressDisplay.For(terminal, json);
        IngestSeries run;
        await using (PipelineScope scope = isDryRun ? await PipelineScope.DryRunAsync(store, settings, terminal, cancellationToken) : PipelineScope.To(store, settings, terminal))
        {
            run = new IngestSeries(scope.Pipeline, settings, display);
            await display.RunAsync(() => run.IngestAsync(sources, cancellationToken));
        }

        IngestStatement statement = new()
        {
            Store = store.Address,
            IsDryRun = isDryRun,
            Reports = run.Reports,
            Errors = run.Errors,
            ReportingCurrency = settings.ReportingCurrency.ToUpperInvariant(),
        };
        await StatementOutput.WriteAsync(terminal, statement, json);
        return run.IsCancelled ? ExitCode.Cancelled : statement.ExitCode;
    }
}
