using System.CommandLine;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing verify</c>: proves a ledger from itself, and compares it with another.</summary>
internal static class VerifyCommand
{
    private static readonly Option<string?> s_head = new("--head") { Description = "A file of heads that billing seal printed. Proves that what was sealed up to them is still there as it was.", HelpName = "FILE" };
    private static readonly Option<string?> s_publicKey = new("--public-key") { Description = "The public key in PEM that must have signed the heads.", HelpName = "FILE" };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string?> store = new("store") { Description = "The store to verify. --store names it too.", HelpName = "STORE", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("verify", "Checks the fingerprints, keys, run totals and seals of a store, and compares it with another store, record by record.") { store, options.Store, s_head, s_publicKey, options.Against, options.Json };
        command.SetAction(async (parse, cancellationToken) =>
        {
            string address = Address(parse, store, options);
            IReadOnlyList<LedgerHead> heads = await HeadsAsync(parse, cancellationToken);
            return await RunAsync(address, parse.GetValue(options.Against), heads, parse.GetValue(options.Json), terminal, cancellationToken);
        });
        return command;
    }

    private static string Address(ParseResult parse, Argument<string?> store, CommandOptions options)
    {
        bool byOption = parse.GetResult(options.Store) is { Implicit: false };
        return parse.GetValue(store) is not { } named ? parse.GetRequiredValue(options.Store)
            : byOption ? throw new UsageException("The store is named twice. Name it once, with --store.")
            : named;
    }

    private static async Task<IReadOnlyList<LedgerHead>> HeadsAsync(ParseResult parse, CancellationToken cancellationToken) => (parse.GetValue(s_head), parse.GetValue(s_publicKey)) switch
    {
        (null, null) => [],
        (null, _) => throw new UsageException("A public key is for the heads of a file: give --head, too."),
        ({ } file, var key) => await HeadFile.ReadAsync(file, key, cancellationToken),
    };

    private static async Task<int> RunAsync(string address, string? against, IReadOnlyList<LedgerHead> heads, bool json, Terminal terminal, CancellationToken cancellationToken)
    {
        IStore store = StoreAddress.ParseExisting(address, terminal);
        IStore? other = against is null ? null : StoreAddress.ParseExisting(against, terminal);
        await using OpenStore open = new(store);
        await using OpenStore? openOther = other is null ? null : new(other);
        StoreVerification verification = new(open.Store);
        StoreComparison? comparison = openOther is null ? null : new(open.Store, openOther.Store);
        LedgerSeals seals = new(open.Store);
        LedgerHead? last = await seals.GetHeadAsync(cancellationToken);
        VerifyResult result = new(store.Address, other?.Address, verification, comparison, seals, last, heads);
        if (json)
        {
            await WriteJsonAsync(terminal, result, cancellationToken);
        }
        else
        {
            await foreach (StoreFault fault in result.FaultsAsync(cancellationToken))
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

    private static async Task WriteJsonAsync(Terminal terminal, VerifyResult result, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? failure = null;
        await JsonOutput.WriteAsync(terminal, async json =>
        {
            json.WriteStartObject();
            json.WriteString("store", result.Store);
            json.WriteStartArray("faults");
            failure = await WriteAllAsync(json, result.FaultsAsync(cancellationToken), VerifyJson.Write);
            json.WriteEndArray();
            json.WriteString("against", result.Against);
            json.WriteStartArray("differences");
            failure ??= await WriteAllAsync(json, result.DifferencesAsync(cancellationToken), VerifyJson.Write);
            json.WriteEndArray();
            VerifyJson.WriteEnd(json, result, isComplete: failure is null);
            if (failure is not null)
            {
                json.WriteString("error", Failure.Of(failure.SourceException).Message);
            }

            json.WriteEndObject();
        });
        failure?.Throw();
    }

    /// <returns>What ended it early, where a part is on the output already.</returns>
    private static async Task<ExceptionDispatchInfo?> WriteAllAsync<T>(Utf8JsonWriter json, IAsyncEnumerable<T> found, Action<Utf8JsonWriter, T> write)
    {
        try
        {
            await foreach (T item in found)
            {
                write(json, item);
                await json.FlushAsync(CancellationToken.None);
            }

            return null;
        }
        catch (Exception exception) when (json.BytesCommitted > 0)
        {
            return ExceptionDispatchInfo.Capture(exception);
        }
    }
}
