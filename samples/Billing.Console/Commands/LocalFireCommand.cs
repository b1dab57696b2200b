using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local fire</c>: a schedule, now.</summary>
internal static class LocalFireCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Argument<string> schedule = new("schedule") { Description = $"{string.Join(", ", LocalClient.Schedules)}.", HelpName = "SCHEDULE" };
        Command command = new("fire", "Fires a schedule of the running environment.") { schedule };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string name = parse.GetRequiredValue(schedule);
            if (!LocalClient.Schedules.Contains(name))
            {
                throw new UsageException($"There is no schedule '{name}'. Schedules: {string.Join(", ", LocalClient.Schedules)}.");
            }

            using LocalClient client = new(LocalState.Find(parse.GetValue(local.Data)));
            return LocalView.WriteReply(terminal, name, await client.FireAsync(name, cancellationToken));
        });
        return command;
    }
}
