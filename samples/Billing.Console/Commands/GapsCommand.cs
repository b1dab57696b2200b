using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing gaps</c>: statements that are missing between those that were proved.</summary>
internal static class GapsCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("gaps", "Lists missing account statements: where one does not begin with what the one before it ends with.") { options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        StatementGap[] gaps = await open.Store.GetStatementGapsAsync(cancellationToken).ToArrayAsync(cancellationToken);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => GapsJson.Write(json, gaps));
        }
        else
        {
            GapsView.Write(terminal.Out, gaps);
        }

        return gaps.Length == 0 ? ExitCode.Success : ExitCode.Differences;
    }
}
