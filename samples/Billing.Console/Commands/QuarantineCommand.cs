using System.CommandLine;
using Billing.Console.Arguments;

namespace Billing.Console.Commands;

/// <summary><c>billing quarantine</c>: lists, unless it is told to replay or to dismiss.</summary>
internal static class QuarantineCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("quarantine", "Lists, replays and dismisses rows that could not be processed.")
        {
            QuarantineListCommand.Create(options, terminal),
            QuarantineReplayCommand.Create(options, terminal),
            QuarantineDismissCommand.Create(options, terminal),
        };
        QuarantineListCommand.Fill(command, options, terminal);
        return command;
    }
}
