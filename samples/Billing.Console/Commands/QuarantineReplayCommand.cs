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
        Argument<string[]> rows = QuarantinedRows.Argument(ArgumentArity.ZeroOrMore);
        rows.Description += " Default: all open rows.";
        Command command = new("replay", "Processes quarantined rows again, with the settings of the run that refused them, except for those given here. A row that passes is stored under the key that it would have had.")
        {
            rows, options.To, options.Source, options.Reason, options.Run, options.Layout, options.Rates, options.Rules, options.ReportingCurrency, options.Identity, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetValue(rows) ?? [], options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string[] rows, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        PipelineArguments settings = PipelineArguments.Read(parse, options) with { StatesCurrency = parse.GetResult(options.ReportingCurrency) is { Implicit: false } };
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.To), terminal);
        bool json = parse.GetValue(options.Json);
        List<IngestReport> reports = [];
        QuarantineQuery filter = Queries.Quarantine(parse, options);
        IReadOnlyList<QuarantineQuery> queries = rows.Length == 0 ? [filter] : [.. QuarantinedRows.Queries(rows).Select(row => row with { Reason = filter.Reason, RunId = filter.RunId, SourceName = row.SourceName ?? filter.SourceName })];
        List<string> errors = [];
        bool isCancelled = false;
        await using (PipelineScope scope = PipelineScope.To(store, settings, terminal))
        {
            try
            {
                foreach (QuarantineQuery query in queries)
                {
                    reports.AddRange(await scope.Pipeline.ReplayAsync(query, settings.ToIngestOptions(), cancellationToken));
                }
            }
            catch (IngestFailedException exception)
            {
                reports.Add(exception.Report);
                errors.Add(exception.Message);
            }
            catch (IngestCanceledException exception)
            {
                reports.Add(exception.Report);
                errors.Add(exception.Message);
                isCancelled = true;
            }
        }

        if (reports.Count == 0 && !json)
        {
            terminal.Out.Profile.Out.Writer.WriteLine("No open row in quarantine to replay.");
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
        return isCancelled ? ExitCode.Cancelled : statement.ExitCode;
    }
}
