using System.CommandLine;
using System.Security.Cryptography;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing seal</c>: seals what has ended and is not sealed, and prints the head.</summary>
internal static class SealCommand
{
    private static readonly Option<string?> s_out = new("--out") { Description = "A file that gets the head as one more line. Keep it where nobody who can write to the store can write.", HelpName = "FILE" };
    private static readonly Option<string?> s_key = new("--key") { Description = "A private key in PEM (ECDSA P-256) that signs the head.", HelpName = "FILE" };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("seal", "Seals the runs and entries that are not sealed yet, and prints the head: a line to keep elsewhere, from which billing verify proves the store.") { options.Store, s_out, s_key, options.Json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        using ECDsa? key = parse.GetValue(s_key) is { } file ? await HeadFile.ReadKeyAsync(file, cancellationToken) : null;
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using OpenStore open = new(store);
        LedgerSeals seals = new(open.Store, terminal.TimeProvider);
        IReadOnlyList<LedgerSeal> made = await seals.SealAsync(cancellationToken);
        LedgerHead? head = await seals.GetHeadAsync(cancellationToken);
        if (head is not null && key is not null)
        {
            head = HeadFile.Sign(head, key);
        }

        if (head is not null && parse.GetValue(s_out) is { } output)
        {
            await File.AppendAllTextAsync(output, $"{head}\n", cancellationToken);
        }

        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => SealJson.Write(json, store.Address, made.Count, head));
        }
        else
        {
            SealView.Write(terminal.Out, store.Address, made.Count, head);
        }

        return ExitCode.Success;
    }
}
