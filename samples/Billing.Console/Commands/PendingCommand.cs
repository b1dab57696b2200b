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
    private static readonly Argument<string> s_pending = new("pending") { Description = "The pending row, by its key or by file and line, such as june.csv:17.", HelpName = "KEY|FILE:LINE" };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command list = new("list", "Lists pending rows, with those about which a person must decide.");
        Command command = new("pending", "Lists pending rows, and what became of them: authorised, not posted, in no sum.") { list, Settle(options, terminal), Dismiss(options, terminal), Reopen(options, terminal) };
        foreach (Command lists in (Command[])[command, list])
        {
            lists.Add(options.Store);
            lists.Add(options.Resolved);
            lists.Add(options.Json);
            lists.SetAction((parse, cancellationToken) => ListAsync(parse, options, terminal, cancellationToken));
        }

        return command;
    }

    private static Command Settle(CommandOptions options, Terminal terminal)
    {
        Argument<string> posted = new("posted") { Description = "The posted record, by its key or by file and line.", HelpName = "KEY|FILE:LINE" };
        Command command = new("settle", "Says which posted record a pending row became. The record stays as it is.") { s_pending, posted, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => ChangeAsync(parse, options, terminal, async (ledger, store, key) =>
            await new LedgerPending(ledger, terminal.TimeProvider).SettleAsync(key, await RecordAsync(ledger, store, parse.GetRequiredValue(posted), cancellationToken), cancellationToken), cancellationToken));
        return command;
    }

    private static Command Dismiss(CommandOptions options, Terminal terminal)
    {
        Option<string> reason = new("--reason") { Description = "Why, for whoever looks at it later, such as: released by the bank.", HelpName = "TEXT", Required = true };
        Command command = new("dismiss", "Closes a pending row that will not be posted.") { s_pending, reason, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => ChangeAsync(parse, options, terminal, async (ledger, _, key) =>
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

    private static Command Reopen(CommandOptions options, Terminal terminal)
    {
        Command command = new("reopen", "Takes back what was said of a pending row: that it was settled, or dismissed.") { s_pending, options.Store, options.Json };
        command.SetAction((parse, cancellationToken) => ChangeAsync(parse, options, terminal, async (ledger, _, key) =>
            await new LedgerPending(ledger, terminal.TimeProvider).ReopenAsync(key, cancellationToken), cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        return await WriteAsync(parse, options, terminal, open.Store, row => true, parse.GetValue(options.Resolved), cancellationToken);
    }

    private static async Task<int> ChangeAsync(ParseResult parse, CommandOptions options, Terminal terminal, Func<IBillingStore, string, RecordKey, Task> change, CancellationToken cancellationToken)
    {
        RecordAddress address = RecordAddress.Parse(parse.GetRequiredValue(s_pending));
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken);
        IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
        RecordKey key = address.Key ?? await PendingAsync(ledger, store.Address, address, cancellationToken);
        await change(ledger, store.Address, key);
        await WriteAsync(parse, options, terminal, ledger, row => row.Key == key, all: true, cancellationToken);
        return ExitCode.Success;
    }

    private static async Task<int> WriteAsync(ParseResult parse, CommandOptions options, Terminal terminal, IBillingStore store, Func<PendingTransaction, bool> shows, bool all, CancellationToken cancellationToken)
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
            PendingView.Write(terminal.Out, rows, candidates);
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

    private static async Task<RecordKey> RecordAsync(IBillingStore ledger, string store, string text, CancellationToken cancellationToken)
    {
        RecordAddress address = RecordAddress.Parse(text);
        if (address.Key is { } key)
        {
            return key;
        }

        IReadOnlyList<BillingRecord> found = (await ledger.QueryAsync(new RecordQuery { SourceName = address.SourceName, Line = address.Line }, cancellationToken)).Items;
        return found.Count switch
        {
            1 => found[0].Key,
            0 => throw new NotFoundException($"{store} has no record of line {address.Line} of {address.SourceName}. Nothing was changed."),
            _ => throw new UsageException($"'{text}' is not one record: {store} has {Figures.Count(found.Count)} of that source and line. Nothing was changed. Name one by its key: {string.Join(", ", found.Select(record => record.Key))}"),
        };
    }
}
