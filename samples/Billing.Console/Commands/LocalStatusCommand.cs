using System.CommandLine;
using Billing.Aws;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local status</c>: where the running environment is, and what waits in it.</summary>
internal static class LocalStatusCommand
{
    public static Command Create(CommandOptions options, LocalCommandOptions local, Terminal terminal)
    {
        Command command = new("status", "Shows the addresses of the running environment, and what waits in it.") { options.Json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            LocalState state = LocalState.Find(parse.GetValue(local.Data));
            using LocalClient client = new(state);
            List<(string Queue, SqsQueueCounts Counts, SqsQueueCounts DeadLetters)> queues = [];
            foreach (string queue in LocalClient.Queues)
            {
                queues.Add((queue, await client.Queue(queue).GetCountsAsync(cancellationToken), await client.DeadLettersOf(queue).GetCountsAsync(cancellationToken)));
            }

            IReadOnlyList<(string Name, int Processes, long Invocations, long Failures)> functions = await client.GetFunctionsAsync(cancellationToken);
            if (parse.GetValue(options.Json))
            {
                await JsonOutput.WriteAsync(terminal, json => LocalStatusJson.Write(json, state, queues, functions));
                return ExitCode.Success;
            }

            LocalView.WriteAddresses(terminal.Out, state);
            LocalView.WriteQueues(terminal.Out, queues);
            LocalView.WriteFunctions(terminal.Out, functions);
            return ExitCode.Success;
        });
        return command;
    }
}
