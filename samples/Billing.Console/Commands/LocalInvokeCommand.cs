using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local invoke</c>: a function with an event of one's own.</summary>
internal static class LocalInvokeCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Argument<string> function = new("function") { Description = "The function, such as payments.", HelpName = "FUNCTION" };
        Command command = new("invoke", "Invokes a function of the running environment.") { function, local.Payload };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string payload = parse.GetRequiredValue(local.Payload);
            try
            {
                using JsonDocument document = JsonDocument.Parse(payload);
            }
            catch (JsonException exception)
            {
                throw new UsageException($"--payload is not JSON: {exception.Message}");
            }

            string name = parse.GetRequiredValue(function);
            using LocalClient client = new(LocalState.Find(parse.GetValue(local.Data)));
            return LocalView.WriteReply(terminal, name, await client.InvokeAsync(name, payload, cancellationToken));
        });
        return command;
    }
}
