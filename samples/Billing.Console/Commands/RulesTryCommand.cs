using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing rules try</c>: what other rules would change in a store.</summary>
internal static class RulesTryCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> draft = new("draft") { Description = "The rules file to try.", HelpName = "DRAFT" };
        Command command = new("try", "Shows which records of a store would get another category under other rules, and which rules do nothing. Changes nothing.") { draft, options.Store };
        foreach (Option option in (Option[])[.. options.OfQuery, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(draft), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string draft, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        RuleTrial trial = new(CategoryRules.Load(draft));
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        RuleTrialReport report = await trial.RunAsync(open.Store, Queries.Records(parse, options), cancellationToken);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => RuleTrialJson.Write(json, report));
        }
        else
        {
            RuleTrialView.Write(terminal.Out, report);
        }

        return ExitCode.Success;
    }
}
