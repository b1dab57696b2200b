using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing unusual</c>: amounts of a month that are unlike earlier ones of the same party.</summary>
internal static class UnusualCommand
{
    private static readonly MonthOptions s_month = new();

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("unusual", "Shows amounts of a month that are unlike earlier ones of the same party in the same currency, and why. Changes nothing.") { s_month.Month, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        BillingMonth month = parse.GetValue(s_month.Month);
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        IReadOnlyList<UnusualAmount> found = await UnusualAmounts.FindAsync(open.Store, month, cancellationToken);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => JsonSerializer.Serialize(json, new UnusualDocument(month, found), ValueJsonContext.Default.UnusualDocument));
        }
        else
        {
            UnusualView.Write(terminal.Out, month, found);
        }

        return ExitCode.Success;
    }
}
