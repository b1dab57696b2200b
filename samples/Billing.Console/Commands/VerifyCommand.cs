using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing verify</c>: proves a ledger from itself, and compares it with another.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> store = new("store") { Description = "The store to verify.", HelpName = "STORE" };
        Command command = new("verify", "Proves a store from itself: fingerprints, keys, totals of runs; and compares it with another, record by record.") { store, options.Against, options.Json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse.GetRequiredValue(store), parse.GetValue(options.Against), parse.GetValue(options.Json), terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string address, string? against, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        IStore store = StoreAddress.ParseExisting(address, terminal);
        IStore? other = against is null ? null : StoreAddress.ParseExisting(against, terminal);
        await using OpenStore open = new(store);
        await using OpenStore? openOther = other is null ? null : new(other);
        LedgerVerification verification = new(open.Store);
        StoreComparison? comparison = openOther is null ? null : new(open.Store, openOther.Store);
        VerifyResult result = new(store.Address, other?.Address, verification, comparison);
        if (json)
        {
            await JsonOutput.WriteAsync(terminal, writer => WriteJsonAsync(writer, result, cancellationToken));
        }
        else
        {
            await foreach (LedgerFault fault in result.FaultsAsync(cancellationToken))
            {
                VerifyView.Write(terminal.Out, fault);
            }

            await foreach (StoreDifference difference in result.DifferencesAsync(cancellationToken))
            {
                VerifyView.Write(terminal.Out, difference);
            }

            VerifyView.WriteEnd(terminal.Out, result);
        }

        return result.IsGood ? ExitCode.Success : ExitCode.Differences;
    }

    private static async Task WriteJsonAsync(Utf8JsonWriter json, VerifyResult result, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        json.WriteString("store", result.Store);
        json.WriteStartArray("faults");
        await foreach (LedgerFault fault in result.FaultsAsync(cancellationToken))
        {
            VerifyJson.Write(json, fault);
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteString("against", result.Against);
        json.WriteStartArray("differences");
        await foreach (StoreDifference difference in result.DifferencesAsync(cancellationToken))
        {
            VerifyJson.Write(json, difference);
            await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        VerifyJson.WriteEnd(json, result);
        json.WriteEndObject();
    }
}
