using System.CommandLine;
using Billing.Console.Arguments;
using Billing.Console.Csv;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;

namespace Billing.Console.Commands;

/// <summary><c>billing quarantine list</c>: the rows that could not be processed.</summary>
internal static class QuarantineListCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("list", "Lists quarantined rows and what is wrong with them, by source and place.");
        Fill(command, options, terminal);
        return command;
    }

    /// <summary>Gives a command the options and the action of this one.</summary>
    public static void Fill(Command command, CommandOptions options, Terminal terminal)
    {
        foreach (Option option in (Option[])[options.Store, options.Source, options.Reason, options.Run, options.Resolved, .. options.OfPage, options.Csv, options.Force, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, options, terminal, cancellationToken));
    }

    private static async Task<int> RunAsync(ParseResult parse, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        QuarantineQuery query = Queries.Quarantine(parse, options) with { IncludeResolved = parse.GetValue(options.Resolved) };
        Listing<QuarantinedRecord> listing = new(parse, options, async (size, token) =>
            await open.Store.GetQuarantineAsync(query with { PageSize = size, ContinuationToken = token }, cancellationToken));
        return await listing.WriteAsync(terminal, "quarantine", QuarantineJson.Write, QuarantineView.Write, QuarantineCsv.Columns);
    }
}
