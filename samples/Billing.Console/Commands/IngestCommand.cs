using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Progress;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing ingest</c>: files into a store, a balanced statement out.</summary>
internal static class IngestCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string[]> files = new("files") { Description = "Files, folders or globs.", HelpName = "file|folder|glob", Arity = ArgumentArity.OneOrMore };
        Command command = new("ingest", "Reads billing files into a store, each record once, and prints a balanced statement.") { files, options.To };
        foreach (Option option in options.OfPipeline)
        {
            command.Add(option);
        }

        command.Add(options.DryRun);
        command.Add(options.Json);
        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(files), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string[] arguments, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = InputFiles.Expand(arguments);
        PipelineSettings settings = PipelineSettings.Read(parse, options);
        IStore store = StoreAddress.Parse(parse.GetRequiredValue(options.To), terminal);
        bool isDryRun = parse.GetValue(options.DryRun);
        bool json = parse.GetValue(options.Json);
        ProgressDisplay display = ProgressDisplay.For(terminal, json);
        IngestRun run;
        await using (PipelineScope scope = isDryRun ? PipelineScope.DryRun(store, settings, terminal) : PipelineScope.To(store, settings, terminal))
        {
            run = new IngestRun(scope.Pipeline, settings, display);
            await display.RunAsync(() => run.IngestAsync(paths, cancellationToken));
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
