using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Csv;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Spectre.Console;

namespace Billing.Console.Commands;

/// <summary><c>billing records</c>: the records of a store.</summary>
internal static class RecordsCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("records", "Lists the records of a store, ordered by date.") { options.Store };
        foreach (Option option in (Option[])[.. options.OfQuery, options.AsOf, .. options.OfPage, options.Csv, options.Force, options.Json])
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
        RecordQuery query = Queries.Records(parse, options);
        Listing<BillingRecord> listing = new(parse, options, async (size, token) =>
            await store.QueryAsync(query with { PageSize = size, ContinuationToken = token }, cancellationToken));
        return await listing.WriteAsync(terminal, "records", RecordJson.Write, WriteTable, RecordCsv.Columns, json => AsOfView.WriteJson(json, asOf));

        void WriteTable(IAnsiConsole console, IReadOnlyList<BillingRecord> records, string? token)
        {
            AsOfView.Write(console, asOf);
            RecordsView.Write(console, records, token);
        }
    }
}
