using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing quarantine replay</c>: tries quarantined rows again after a layout, a rate or a rule was mended.</summary>
internal static class QuarantineReplayCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("replay", "Tries quarantined rows again, under the settings of the run that refused them and those that are given here; what passes is stored under the key it would have had.")
        {
            options.To, options.Source, options.Reason, options.Run, options.Layout, options.Rates, options.Rules, options.ReportingCurrency, options.Identity, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        PipelineSettings settings = PipelineSettings.Read(parse, options) with { StatesCurrency = parse.GetResult(options.ReportingCurrency) is { Implicit: false } };
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.To), terminal);
        bool json = parse.GetValue(options.Json);
        IReadOnlyList<IngestReport> reports;
        List<string> errors = [];
        await using (PipelineScope scope = PipelineScope.To(store, settings, terminal))
        {
            try
            {
                reports = await scope.Pipeline.ReplayAsync(Queries.Quarantine(parse, options), settings.ToIngestOptions(), cancellationToken);
            }
            catch (IngestFailedException exception)
            {
                reports = [exception.Report];
                errors.Add(exception.Message);
            }
        }

        if (reports.Count == 0 && !json)
        {
            terminal.Out.Profile.Out.Writer.WriteLine("Nothing in quarantine to try again.");
            return ExitCode.Success;
        }

        IngestStatement statement = new()
        {
            Store = store.Address,
            Reports = reports,
            Errors = errors,
            ReportingCurrency = reports.Count > 0 ? reports[0].ReportingCurrency : settings.ReportingCurrency.ToUpperInvariant(),
        };
        await StatementOutput.WriteAsync(terminal, statement, json);
        return statement.ExitCode;
    }
}
