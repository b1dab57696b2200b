using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing ingest</c>: files into a store, a balanced statement out.</summary>
internal static class IngestCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string[]> files = new("files") { Description = "Files, folders or globs, or - for standard input.", HelpName = "file|folder|glob", Arity = ArgumentArity.OneOrMore };
        Command command = new("ingest", "Reads billing files into a store, each record once, and prints a balanced statement.") { files, options.To };
        foreach (Option option in options.OfPipeline)
        {
            command.Add(option);
        }

        command.Add(options.Replaces);
        command.Add(options.DeliveryVersion);
        command.Add(options.Expect);
        command.Add(options.ExpectFile);
        command.Add(options.ExpectBeside);
        command.Add(options.Drift);
        command.Add(options.Reread);
        command.Add(options.DryRun);
        command.Add(options.Json);
        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(files), options, terminal, cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(ParseResult parse, string[] arguments, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string? Path, IBillingSource Source)> inputs = InputFiles.Open(arguments, terminal);
        PipelineArguments settings = PipelineArguments.Read(parse, options) with { Reread = parse.GetValue(options.Reread), Drift = parse.GetValue(options.Drift), Expect = ExpectArguments.Read(parse, options, inputs), Delivery = DeliveryArgument.Read(parse, options, inputs.Count) };
        IStore store = StoreAddress.Parse(parse.GetRequiredValue(options.To), terminal);
        return Ingestion.RunAsync([.. inputs.Select(input => input.Source)], settings, store, parse.GetValue(options.DryRun), parse.GetValue(options.Json), terminal, cancellationToken);
    }
}
