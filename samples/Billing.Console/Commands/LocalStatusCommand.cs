using System.CommandLine;
using Billing.Aws;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local status</c>: where the running environment is, and what waits in it.</summary>
internal static class LocalStatusCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Command command = new("status", "Says where the running environment is, and what waits in it.");
        command.SetAction(async (parse, cancellationToken) =>
        {
            LocalState state = LocalState.Find(parse.GetValue(local.Data));
            using LocalClient client = new(state);
            LocalView.WriteAddresses(terminal.Out, state);
            List<(string Queue, SqsQueueCounts Counts, SqsQueueCounts DeadLetters)> queues = [];
            foreach (string queue in LocalClient.Queues)
            {
                queues.Add((queue, await client.Queue(queue).GetCountsAsync(cancellationToken), await client.DeadLettersOf(queue).GetCountsAsync(cancellationToken)));
            }

            LocalView.WriteQueues(terminal.Out, queues);
            LocalView.WriteFunctions(terminal.Out, await client.GetFunctionsAsync(cancellationToken));
            return ExitCode.Success;
        });
        return command;
    }
}
