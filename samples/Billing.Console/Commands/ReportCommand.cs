using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing report</c>: the report of a month, its closing, and its restatements.</summary>
internal static class ReportCommand
{
    private static readonly MonthOptions s_month = new();
    private static readonly Option<string?> s_csv = new("--csv") { Description = "Writes the lines to a new CSV file.", HelpName = "FILE" };
    private static readonly Option<string?> s_xlsx = new("--xlsx") { Description = "Writes the report to a new XLSX file.", HelpName = "FILE" };
    private static readonly Option<string?> s_html = new("--html") { Description = "Writes the report to a new HTML file, to read and print.", HelpName = "FILE" };
    private static readonly Option<bool> s_close = new("--close") { Description = "Closes the month: its report stays as it is. Closed again, what changed since becomes a numbered restatement." };
    private static readonly Option<bool> s_incomplete = new("--incomplete") { Description = "With --close: closes the month although it is not over, or rows of it wait. The closing keeps what was open." };
    private static readonly Option<string?> s_reason = new("--reason") { Description = "With --close: why, for whoever looks at it later.", HelpName = "TEXT" };
    private static readonly Option<int?> s_restatement = new("--restatement")
    {
        Description = "Shows what restatement N of a closed month changed; the number after the last one shows what changed since. 0 is the report as it was closed first.",
        HelpName = "N",
        CustomParser = result => Numbers.Parse(result, 0, int.MaxValue),
    };

    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("report", "Shows the report of a month: totals by category, party and currency, and the month before. Of a closed month, as it was closed, and what changed since.")
        {
            s_month.Month, s_month.Zone, options.Rules, options.Rates, s_csv, s_xlsx, s_html, options.Force, s_close, s_incomplete, s_reason, s_restatement, options.Store, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        bool closes = parse.GetValue(s_close);
        int? restatement = parse.GetValue(s_restatement);
        if (!closes && (parse.GetValue(s_incomplete) || parse.GetValue(s_reason) is not null))
        {
            throw new UsageException("--incomplete and --reason belong to --close. Add --close, or leave them out.");
        }

        if (restatement is not null && (closes || parse.GetValue(s_month.Zone) is not null || parse.GetValue(options.Rules) is not null || parse.GetValue(options.Rates) is not null))
        {
            throw new UsageException("--restatement shows what was closed, by the terms that it was closed with. Leave out --close, --zone, --rules and --rates.");
        }

        ReportFiles files = new(parse.GetValue(s_csv), parse.GetValue(s_xlsx), parse.GetValue(s_html), parse.GetValue(options.Force));
        files.Check();
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal);
        MonthDocument document;
        if (closes)
        {
            await using PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken);
            IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
            MonthTerms? terms = await TermsAsync(parse, options, ledger, cancellationToken);
            document = await MonthDocument.CloseAsync(ledger, parse.GetValue(s_month.Month), terms, parse.GetValue(s_reason), parse.GetValue(s_incomplete), terminal.TimeProvider, cancellationToken);
        }
        else
        {
            await using OpenStore open = new(store);
            MonthTerms? terms = await TermsAsync(parse, options, open.Store, cancellationToken);
            document = await MonthDocument.ReadAsync(open.Store, parse.GetValue(s_month.Month), terms, restatement, terminal.TimeProvider, cancellationToken);
        }

        await files.WriteAsync(document, cancellationToken);
        await MonthOutput.WriteAsync(terminal, document, files, parse.GetValue(options.Json));
        return ExitCode.Success;
    }

    // Null where none is stated: a closed month has its own.
    private static async Task<MonthTerms?> TermsAsync(ParseResult parse, CommandOptions options, IBillingStore store, CancellationToken cancellationToken)
    {
        TimeZoneInfo? zone = parse.GetValue(s_month.Zone);
        string? rules = parse.GetValue(options.Rules);
        string? rates = parse.GetValue(options.Rates);
        if (zone is null && rules is null && rates is null)
        {
            return null;
        }

        string currency = rates is not null && (await store.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken)).Items is [{ } run] ? run.ReportingCurrency : Currency.Usd.Code;
        return new MonthTerms { Zone = zone, Rules = rules is null ? null : CategoryRules.Load(rules), Rates = rates is null ? null : RatesArgument.Parse(rates, currency) };
    }
}
