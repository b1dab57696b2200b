using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Views;
using Billing.Generators;
using Billing.Local;

namespace Billing.Console.Commands;

/// <summary><c>billing local send</c>: one transaction into the queue of system 3, as its producer would.</summary>
internal static class LocalSendCommand
{
    public static Command Create(LocalCommandOptions local, Terminal terminal)
    {
        Argument<string?> message = new("message")
        {
            Description = "The transaction as JSON. Default: an example with a new id. Text that is not JSON is sent too, and ends in quarantine.",
            HelpName = "JSON",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Command command = new("send", "Sends one transaction to the queue of the running environment.") { message };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string body = parse.GetValue(message) ?? Example(terminal.TimeProvider.GetUtcNow());
            using LocalClient client = new(LocalState.Find(parse.GetValue(local.Data)));
            await client.SendAsync(LocalClient.TransactionQueue, body, cancellationToken);
            Sentence.Write(terminal.Out, $"Sent to {LocalClient.TransactionQueue}: {Printable.Of(body)}");
            if (IdOf(body) is { } id)
            {
                Sentence.Write(terminal.Out, $"Find {Printable.Of(id)} in the transactions API: GET /transactions?text={Uri.EscapeDataString(id)}", Styles.Quiet);
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static string Example(DateTimeOffset now) =>
        new TransactionGenerator(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))), now, new TransactionMix()).Generate(1).First();

    private static string? IdOf(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("transaction_id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
