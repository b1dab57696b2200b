using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing copy</c>: one store into another, a balanced statement out.</summary>
internal static class CopyCommand
{
    // A ledger alone: nothing is converted or categorised again.
    private static readonly PipelineArguments s_settings = new() { ReportingCurrency = "USD" };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("copy", "Copies one store into another: records with their keys, quarantine, runs, history. Run it again to continue an interrupted copy.") { options.CopyFrom, options.CopyTo, options.Json };
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetRequiredValue(options.CopyFrom), parse.GetRequiredValue(options.CopyTo), parse.GetValue(options.Json), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string fromAddress, string toAddress, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        IStore from = StoreAddress.ParseExisting(fromAddress, terminal);
        IStore to = StoreAddress.Parse(toAddress, terminal);
        if (from.Address == to.Address)
        {
            throw new UsageException("--from and --to are the same store. Name two.");
        }

        CopyStatement statement = new(from.Address, to.Address);
        await using (OpenStore open = new(from))
        await using (PipelineScope scope = PipelineScope.To(to, s_settings, terminal))
        {
            await new CopyRun(open.Store, (IBillingStore)scope.Pipeline.Ledger, statement).RunAsync(cancellationToken);
        }

        if (json)
        {
            await JsonOutput.WriteAsync(terminal, writer => CopyJson.Write(writer, statement));
        }
        else
        {
            CopyView.Write(terminal.Out, statement);
        }

        if (statement.Error is { } error)
        {
            terminal.WriteError(error);
        }

        return statement.ExitCode;
    }
}
