using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing rates add</c>: releases rows that wait for a rate.</summary>
internal static class RatesAddCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("add", "Releases the quarantined rows that wait for one of these rates. They become what they would have been with it from the start. Every ingestion with new rates does the same.")
        {
            options.Rates, options.To, options.Json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        string rates = parse.GetValue(options.Rates) ?? throw new UsageException("--rates: name the rates: a file, rates such as CAD=0.75, or ecb:FILE.");
        IStore store = StoreAddress.ParseExisting(parse.GetRequiredValue(options.To), terminal);
        string currency;
        await using (PipelineScope scope = await WritableStore.OpenAsync(store, terminal, cancellationToken))
        {
            IBillingStore ledger = (IBillingStore)scope.Pipeline.Ledger;
            currency = (await ledger.GetRunsAsync(new PageRequest { PageSize = 1 }, cancellationToken)).Items is [{ } run, ..]
                ? run.ReportingCurrency
                : throw new NotFoundException($"{store.Address} has no run, so no row waits for a rate.");
        }

        PipelineArguments settings = new() { ReportingCurrency = currency, StatesCurrency = false, Rates = RatesArgument.Parse(rates, currency) };
        IReadOnlyList<IngestReport> reports;
        await using (PipelineScope scope = PipelineScope.To(store, settings, terminal))
        {
            reports = await scope.Pipeline.ReleaseAsync(cancellationToken);
        }

        if (reports.Count == 0 && !parse.GetValue(options.Json))
        {
            terminal.Out.Profile.Out.Writer.WriteLine("No row waits for a rate, or these rates were tried before.");
            return ExitCode.Success;
        }

        IngestStatement statement = new() { Store = store.Address, Reports = reports, Errors = [], ReportingCurrency = currency };
        await StatementOutput.WriteAsync(terminal, statement, parse.GetValue(options.Json));
        return statement.ExitCode;
    }
}
