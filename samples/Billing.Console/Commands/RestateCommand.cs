using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Billing.Console.Views;

namespace Billing.Console.Commands;

/// <summary><c>billing restate</c>: states stored records at revised rates.</summary>
internal static class RestateCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Option<string?> reason = new("--reason") { Description = "Why, for whoever looks at it later.", HelpName = "TEXT" };
        Command command = new("restate", "States stored records in the reporting currency at revised rates, as a numbered restatement: what they were is kept, record by record, and it can be taken back.")
        {
            options.Rates, reason, options.DryRun, options.Store,
        };
        foreach (Option option in (Option[])[.. options.OfQuery, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetValue(reason), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string? reason, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        string rates = parse.GetValue(options.Rates) ?? throw new UsageException("--rates: name the revised rates: a file, rates such as CAD=0.75, or ecb:FILE.");
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        await using PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken);
        IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
        RecordQuery query = Queries.Records(parse, options);
        RateRestatement restatement = new(ledger, RatesArgument.Parse(rates, await CurrencyAsync(ledger, store.Address, cancellationToken)), terminal.TimeProvider) { Reason = string.IsNullOrWhiteSpace(reason) ? null : reason };
        bool isDry = parse.GetValue(options.DryRun);
        LedgerEntry? entry = isDry ? null : await restatement.RunAsync(query, cancellationToken);
        RecordChange[] changes = await (entry is null ? restatement.PreviewAsync(query, cancellationToken) : ledger.GetChangesAsync(entry.Id, cancellationToken)).ToArrayAsync(cancellationToken);
        await EntryOutput.WriteAsync(terminal, store.Address, entry, changes, parse.GetValue(options.Json), Sums(entry, changes), "take the restatement back");
        return ExitCode.Success;
    }

    private static string Sums(LedgerEntry? entry, RecordChange[] changes)
    {
        string records = $"{Figures.Count(changes.Length)} {(changes.Length == 1 ? "record" : "records")}";
        string difference = string.Join(", ", changes
            .GroupBy(change => change.To!.ReportingAmount.Currency.Code)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{ExactSum.From(group.Sum(change => change.To!.ReportingAmount.Amount - change.From!.ReportingAmount.Amount))} {group.Key}"));
        string of = difference.Length == 0 ? "" : $", difference {difference}";
        return entry is null ? $"would be restated: {records}{of}. Nothing was changed." : $"{EntryText.Numbered(entry)}: {records}{of}";
    }

    private static async Task<string> CurrencyAsync(IBillingStore ledger, string store, CancellationToken cancellationToken) =>
        (await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken)).Items is [{ } run, ..]
            ? run.ReportingCurrency
            : throw new NotFoundException($"{store} has no run, so nothing can be restated.");
}
