using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Views;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local redrive</c>: dead letters back to their queue.</summary>
internal static class LocalRedriveCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Argument<string> queue = new("queue") { Description = $"{string.Join(", ", LocalClient.Queues)}.", HelpName = "QUEUE" };
        Command command = new("redrive", "Sends the dead letters of a queue back to it.") { queue };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string name = parse.GetRequiredValue(queue);
            if (!LocalClient.Queues.Contains(name))
            {
                throw new UsageException($"There is no queue '{name}'. Queues: {string.Join(", ", LocalClient.Queues)}.");
            }

            using LocalClient client = new(LocalState.Find(parse.GetValue(local.Data)));
            int moved = await client.RedriveAsync(name, cancellationToken);
            Sentence.Write(terminal.Out, $"{Figures.Count(moved)} {(moved == 1 ? "message" : "messages")} sent back to {name}.");
            return ExitCode.Success;
        });
        return command;
    }
}
