using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary><c>billing pending</c>: rows that are authorised and not posted, and what a person says of them.</summary>
internal static class PendingCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> pending = new("pending") { Description = "The pending row, by its key or by file and line, such as june.csv:17.", HelpName = "KEY|FILE:LINE" };
        Option<bool> resolved = new("--resolved") { Description = "Also lists rows that posted records replaced, or that a delivery left out." };
        Command list = new("list", "Lists pending rows, with those about which a person must decide.");
        Command command = new("pending", "Lists pending rows, and what became of them: authorised, not posted, in no sum.")
        {
            list, Settle(pending, options, terminal), Dismiss(pending, options, terminal), Reopen(pending, options, terminal),
        };
        foreach (Command lists in (Command[])[command, list])
        {
            lists.Add(options.Store);
            lists.Add(resolved);
            lists.Add(options.Json);
            lists.SetAction((parse, cancellationToken) => ListAsync(parse, parse.GetValue(resolved), options, terminal, cancellationToken));
        }

        return command;
    }

    private static Command Settle(Argument<string> pending, CommandOptions options, Terminal terminal)
    {
        Argument<string> posted = new("posted") { Description = "The posted record, by its key or by file and line.", HelpName = "KEY|FILE:LINE" };
        Command command = new("settle", "Says which posted record a pending row became. The record stays as it is.") { pending, posted, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => ChangeAsync(parse, parse.GetRequiredValue(pending), options, terminal, async (ledger, store, key) =>
            await new LedgerPending(ledger, terminal.TimeProvider).SettleAsync(key, await RecordFinder.KeyAsync(ledger, store, RecordAddress.Parse(parse.GetRequiredValue(posted)), "Nothing was changed.", cancellationToken), cancellationToken), cancellationToken));
        return command;
    }

    private static Command Dismiss(Argument<string> pending, CommandOptions options, Terminal terminal)
    {
        Option<string> reason = new("--reason") { Description = "Why, for whoever looks at it later, such as: released by the bank.", HelpName = "TEXT", Required = true };
        Command command = new("dismiss", "Closes a pending row that will not be posted.") { pending, reason, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => ChangeAsync(parse, parse.GetRequiredValue(pending), options, terminal, async (ledger, _, key) =>
        {
            try
            {
                await new LedgerPending(ledger, terminal.TimeProvider).DismissAsync(key, parse.GetRequiredValue(reason), cancellationToken);
            }
            catch (ArgumentException exception)
            {
                throw new UsageException("--reason: say why, in a few words of at most 240 bytes.", exception);
            }
        }, cancellationToken));
        return command;
    }

    private static Command Reopen(Argument<string> pending, CommandOptions options, Terminal terminal)
    {
        Command command = new("reopen", "Takes back what was said of a pending row: that it was settled, or dismissed.") { pending, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => ChangeAsync(parse, parse.GetRequiredValue(pending), options, terminal, async (ledger, _, key) =>
            await new LedgerPending(ledger, terminal.TimeProvider).ReopenAsync(key, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, bool all, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using OpenStore open = new(store);
        return await WriteAsync(parse, options, terminal, open.Store, store.Address, _ => true, all, "nothing is pending", cancellationToken);
    }

    private static async Task<int> ChangeAsync(ParseResult parse, string row, CommandOptions options, Terminal terminal, Func<IBillingStore, string, RecordKey, Task> change, CancellationToken cancellationToken)
    {
        RecordAddress address = RecordAddress.Parse(row);
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken);
        IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
        RecordKey key = address.Key ?? await PendingAsync(ledger, store.Address, address, cancellationToken);
        await change(ledger, store.Address, key);
        await WriteAsync(parse, options, terminal, ledger, store.Address, shown => shown.Key == key, all: true, "pending no more; the row stays in quarantine, with the reason", cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<int> WriteAsync(ParseResult parse, CommandOptions options, Terminal terminal, IBillingStore store, string address, Func<PendingTransaction, bool> shows, bool all, string none, CancellationToken cancellationToken)
    {
        PendingTransaction[] rows = [.. (await new LedgerPending(store, terminal.TimeProvider).ListAsync(all, cancellationToken)).Where(shows)];
        RecordKey[] keys = [.. rows.SelectMany(row => row.Candidates).Distinct()];
        Dictionary<RecordKey, BillingRecord> candidates = (await store.FindAllAsync(keys, cancellationToken)).OfType<BillingRecord>().ToDictionary(record => record.Key);
        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => PendingJson.Write(json, rows, candidates));
        }
        else
        {
            PendingView.Write(terminal.Out, address, rows, candidates, none);
        }

        return rows.Any(row => row.State == PendingState.Asked) ? ExitCode.Differences : ExitCode.Success;
    }

    private static async Task<RecordKey> PendingAsync(IBillingStore ledger, string store, RecordAddress address, CancellationToken cancellationToken)
    {
        IReadOnlyList<QuarantinedRecord> found = (await ledger.GetQuarantineAsync(
            new QuarantineQuery { SourceName = address.SourceName, Line = address.Line, Reason = QuarantineReason.Pending, IncludeResolved = true }, cancellationToken)).Items;
        return found.Count switch
        {
            1 => found[0].Key,
            0 => throw new NotFoundException($"{store} has no pending row of line {address.Line} of {address.SourceName}. Nothing was changed."),
            _ => throw new UsageException($"{store} has {Figures.Count(found.Count)} pending rows of line {address.Line} of {address.SourceName}. Nothing was changed. Name one by its key: {string.Join(", ", found.Select(row => row.Key))}"),
        };
    }
}
