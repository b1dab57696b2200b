using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary><c>billing rules apply</c>: gives stored records the categories of other rules.</summary>
internal static class RulesApplyCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string> draft = new("draft") { Description = "The rules file to apply.", HelpName = "DRAFT" };
        Option<string?> reason = new("--reason") { Description = "Why, for whoever looks at it later.", HelpName = "TEXT" };
        Command command = new("apply", "Gives stored records the categories of other rules: exactly the moves that billing rules try shows. What they were is kept, and it can be taken back.") { draft, reason, options.Store };
        foreach (Option option in (Option[])[.. options.OfQuery, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetRequiredValue(draft), parse.GetValue(reason), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string draft, string? reason, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        RuleTrial trial = new(CategoryRules.Load(draft));
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken);
        IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
        LedgerEntry entry = await trial.ApplyAsync(ledger, Queries.Records(parse, options), string.IsNullOrWhiteSpace(reason) ? null : reason, terminal.TimeProvider, cancellationToken);
        RecordChange[] changes = await ledger.GetChangesAsync(entry.Id, cancellationToken).ToArrayAsync(cancellationToken);
        await EntryOutput.WriteAsync(terminal, store.Address, entry, changes, parse.GetValue(options.Json), $"{Figures.Count(entry.Changed)} {(entry.Changed == 1 ? "record has" : "records have")} another category", "give them back what they had");
        return ExitCode.Success;
    }
}
