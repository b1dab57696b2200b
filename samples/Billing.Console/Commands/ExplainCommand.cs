using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Explanations;
using Billing.Console.Json;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing explain</c>: the life of one record.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> record = new("record") { Description = "The key of a record, or a file and line, such as june.csv:17.", HelpName = "KEY|FILE:LINE" };
        Command command = new("explain", "Explains one record: its origin, fingerprint, key, rate, rule and outcome.") { record, options.Store };
        foreach (Option option in (Option[])[.. options.OfPipeline, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(record), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string argument, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        RecordAddress address = RecordAddress.Parse(argument);
        bool isLocal = File.Exists(address.File);
        // A line of a file that is here can be explained before anything is stored.
        IStore store = isLocal ? StoreAddress.Parse(parse.GetRequiredValue(options.Store), terminal) : StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        IReadOnlyList<Explanation> explanations;
        if (isLocal)
        {
            PipelineArguments settings = PipelineArguments.Read(parse, options) with { StatesCurrency = parse.GetResult(options.ReportingCurrency) is { Implicit: false } };
            await using PipelineScope scope = await PipelineScope.DryRunAsync(store, settings, terminal, cancellationToken);
            Explanation explanation = await Explain.LineAsync(scope, settings, address, cancellationToken)
                ?? throw new NotFoundException($"No record begins on line {address.Line} of {address.File}. Name the line that the record begins on.");
            explanations = [explanation];
        }
        else
        {
            await using OpenStore open = new(store);
            explanations = await Explain.StoredAsync(open.Store, address, cancellationToken);
            if (explanations.Count == 0)
            {
                throw new NotFoundException(address.Key is not null
                    ? $"{store.Address} knows no record with that key."
                    : $"There is no file {address.File} here, and {store.Address} knows no record of line {address.Line} of {address.SourceName}.");
            }
        }

        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => ExplanationJson.Write(json, argument, explanations));
        }
        else
        {
            ExplanationView.Write(terminal.Out, explanations);
        }

        return ExitCode.Success;
    }
}
