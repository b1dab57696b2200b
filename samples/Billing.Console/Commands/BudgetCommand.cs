using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing budget</c>: what a month has spent of its budgets.</summary>
internal static class BudgetCommand
{
    private static readonly MonthOptions s_month = new();
    private static readonly Option<string> s_file = new("--file") { Description = "The budgets file: amounts by category and month, and the shares to tell of.", HelpName = "FILE", Required = true };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("budget", "Shows what a month has spent of its budgets, what remains, and with which record a share was reached. Changes nothing.")
        {
            s_file, s_month.Month, s_month.Zone, options.Store, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        Budgets budgets = Budgets.Load(parse.GetRequiredValue(s_file));
        BillingMonth month = parse.GetValue(s_month.Month);
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        IReadOnlyList<BudgetStatus> statuses = await budgets.EvaluateAsync(open.Store, month, new MonthTerms { Zone = parse.GetValue(s_month.Zone) }, cancellationToken);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => JsonSerializer.Serialize(json, new BudgetDocument(month, statuses), ValueJsonContext.Default.BudgetDocument));
        }
        else
        {
            BudgetView.Write(terminal.Out, month, statuses);
        }

        return ExitCode.Success;
    }
}
