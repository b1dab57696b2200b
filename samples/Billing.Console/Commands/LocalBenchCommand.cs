using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Views;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local bench</c>: how fast transactions go from the queue into their table, through the emulators.</summary>
internal static class LocalBenchCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Option<string?> functions = new("--functions") { Description = local.Functions.Description, HelpName = "FOLDER" };
        Command command = new("bench", "Measures transactions per second and their latency, in its own environment.") { local.Count, functions };
        command.SetAction(async (parse, cancellationToken) =>
        {
            Sentence.Write(terminal.Out, "Starting an environment for the measurement.", Styles.Quiet);
            LocalView.WriteBenchmark(terminal.Out, await TransactionBenchmark.RunAsync(parse.GetValue(local.Count), parse.GetValue(functions), FunctionCommand.OfThisProgram(), cancellationToken));
            return ExitCode.Success;
        });
        return command;
    }
}
