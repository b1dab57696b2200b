using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing revert</c>: takes back a run or an entry.</summary>
internal static class RevertCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> id = new("id") { Description = "The id of a run (billing runs) or an entry (billing entries).", HelpName = "ID" };
        Option<string?> reason = new("--reason") { Description = "Why, for whoever looks at it later.", HelpName = "TEXT" };
        Option<bool> interrupted = new("--interrupted") { Description = "Also takes back a run that is listed as running. Make sure that it does not run any more." };
        Command command = new("revert", "Takes back a run or an entry: the store becomes what it would be without it. What others delivered too stays; what was there is kept.")
        {
            id, reason, interrupted, options.Store, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(id), parse.GetValue(reason), parse.GetValue(interrupted), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string id, string? reason, bool interrupted, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new UsageException("The id is blank. billing runs lists the runs, and billing entries the entries.");
        }

        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        RevertStatement statement = new(store.Address, id);
        await using (PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken))
        {
            IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
            HashSet<RecordKey> before = await OpenRowsAsync(ledger, cancellationToken);
            LedgerReversal reversal = new(ledger, terminal.TimeProvider) { Reason = string.IsNullOrWhiteSpace(reason) ? null : reason, IncludeInterrupted = interrupted };
            statement.Entries = await reversal.RunAsync(id, cancellationToken);
            HashSet<RecordKey> after = await OpenRowsAsync(ledger, cancellationToken);
            (statement.Closed, statement.Opened) = (before.Except(after).Count(), after.Except(before).Count());
            await DescribeAsync(ledger, statement, cancellationToken);
        }

        if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => RevertJson.Write(json, statement));
        }
        else
        {
            RevertView.Write(terminal.Out, statement);
        }

        return ExitCode.Success;
    }

    private static async Task DescribeAsync(IBillingStore ledger, RevertStatement statement, CancellationToken cancellationToken)
    {
        statement.Run = await ledger.FindRunAsync(statement.Id, cancellationToken);
        statement.Entry = await ledger.FindEntryAsync(statement.Id, cancellationToken);
        foreach (LedgerEntry entry in statement.Entries)
        {
            await foreach (RecordChange change in ledger.GetChangesAsync(entry.Id, cancellationToken))
            {
                statement.Add(change);
                if (change.To is { } to && !statement.Sources.ContainsKey(to.RunId))
                {
                    statement.Sources.Add(to.RunId, (await ledger.FindRunAsync(to.RunId, cancellationToken))?.Source ?? to.Source.Name);
                }
            }
        }
    }

    private static async Task<HashSet<RecordKey>> OpenRowsAsync(IBillingStore ledger, CancellationToken cancellationToken)
    {
        HashSet<RecordKey> open = [];
        await foreach (QuarantinedRecord row in ledger.GetAllQuarantineAsync(new QuarantineQuery(), cancellationToken))
        {
            open.Add(row.Key);
        }

        return open;
    }
}
