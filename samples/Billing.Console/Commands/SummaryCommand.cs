using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Csv;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing summary</c>: exact totals by group.</summary>
internal static class SummaryCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("summary", "Shows totals by month, day, minute, category, party or currency.") { options.By, options.Store };
        foreach (Option option in (Option[])[.. options.OfQuery, options.AsOf, options.Csv, options.Force, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        (IBillingStore store, AsOf? asOf) = await AsOf.OpenAsync(open.Store, parse.GetValue(options.AsOf), cancellationToken);
        SummaryBy by = parse.GetValue(options.By);
        IReadOnlyList<SummaryRow> rows = await store.SummarizeAsync(by, Queries.Records(parse, options), cancellationToken);
        if (CsvFile.Of(parse, options) is { } file)
        {
            await using (file)
            {
                SummaryCsv.Write(file, by, rows);
                file.Complete(terminal);
            }
        }
        else if (parse.GetValue(options.Json))
        {
            await JsonOutput.WriteAsync(terminal, json => SummaryJson.Write(json, by, rows, asOf));
        }
        else
        {
            AsOfView.Write(terminal.Out, asOf);
            SummaryView.Write(terminal.Out, by, rows);
        }

        return ExitCode.Success;
    }
}
