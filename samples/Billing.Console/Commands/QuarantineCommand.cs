using System.CommandLine;
using Billing.Console.Arguments;

namespace Billing.Console.Commands;

/// <summary><c>billing quarantine</c>: lists, unless it is told to replay.</summary>
internal static class QuarantineCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("quarantine", "Rows that could not be processed: lists them, tries them again.")
        {
            QuarantineListCommand.Create(options, terminal),
            QuarantineReplayCommand.Create(options, terminal),
        };
        QuarantineListCommand.Fill(command, options, terminal);
        return command;
    }
}
