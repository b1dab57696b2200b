using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary><c>billing remove</c>: takes records out on purpose.</summary>
internal static class RemoveCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string[]> records = new("records") { Description = "Records, each by its key or by file and line, such as june.csv:17.", HelpName = "KEY|FILE:LINE", Arity = ArgumentArity.OneOrMore };
        Option<string> reason = new("--reason") { Description = "Why, for whoever looks at it later.", HelpName = "TEXT", Required = true };
        Command command = new("remove", "Removes records on purpose. They are kept with the reason, not counted, and not stored again when they are delivered again.")
        {
            records, reason, options.Store, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(records), parse.GetRequiredValue(reason), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string[] records, string reason, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        RecordAddress[] addresses = [.. records.Select(RecordAddress.Parse)];
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new UsageException("--reason: say why, in a few words.");
        }

        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        LedgerEntry entry;
        RecordChange[] changes;
        await using (PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken))
        {
            IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
            List<RecordKey> keys = [];
            foreach (RecordAddress address in addresses)
            {
                keys.Add(await RecordFinder.KeyAsync(ledger, store.Address, address, "Nothing was removed.", cancellationToken));
            }

            entry = await new LedgerRemoval(ledger, reason, terminal.TimeProvider).RunAsync(keys, cancellationToken);
            changes = await ledger.GetChangesAsync(entry.Id, cancellationToken).ToArrayAsync(cancellationToken);
        }

        await EntryOutput.WriteAsync(terminal, store.Address, entry, changes, parse.GetValue(options.Json), $"removed: {TotalsText.Of(entry.TakenOut)}", "put back what was removed");
        return ExitCode.Success;
    }
}
