using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Csv;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Commands;

/// <summary><c>billing entries</c>: what was taken back, removed or changed after it was stored.</summary>
internal static class EntriesCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Argument<string?> id = new("id") { Description = "An entry, or a run that replaced others: lists what it changed, record by record.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("entries", "Lists what changed stored records: what was taken back or removed, when and why. Newest first.") { id, options.Store };
        foreach (Option option in (Option[])[.. options.OfPage, options.Csv, options.Force, options.Json])
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, parse.GetValue(id), options, terminal, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, string? id, CommandOptions options, Terminal terminal, CancellationToken cancellationToken)
    {
        await using OpenStore open = new(StoreAddress.ParseExisting(parse.GetRequiredValue(options.Store), terminal));
        return id is null
            ? await new Listing<LedgerEntry>(parse, options, async (size, token) => await open.Store.GetEntryPageAsync(new PageRequest { PageSize = size, ContinuationToken = token }, cancellationToken))
                .WriteAsync(terminal, "entries", EntryJson.Write, EntriesView.Write, EntryCsv.Columns)
            : await ChangesAsync(parse, id, options, open, terminal, cancellationToken);
    }

    private static async Task<int> ChangesAsync(ParseResult parse, string id, CommandOptions options, OpenStore open, Terminal terminal, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new UsageException("The id is blank. billing entries lists the entries.");
        }

        LedgerEntry? entry = await open.Store.FindEntryAsync(id, cancellationToken);
        IngestReport? run = entry is null ? await open.Store.FindRunAsync(id, cancellationToken) : null;
        if (entry is null && run is null)
        {
            throw new NotFoundException($"{open.Address} has no entry and no run with the id {id}. billing entries lists the entries, and billing runs the runs.");
        }

        Listing<RecordChange> listing = new(parse, options, async (size, token) => await open.Store.GetChangePageAsync(id, new PageRequest { PageSize = size, ContinuationToken = token }, cancellationToken));
        return await listing.WriteAsync(terminal, "changes", EntryJson.Write, WriteTable, EntryCsv.Changes, WriteHead);

        void WriteTable(IAnsiConsole console, IReadOnlyList<RecordChange> changes, string? token)
        {
            Sentence.Write(console, entry is null ? run!.Delivery is null ? $"run {id} of {run.Source}" : DeliveryView.Of(run) : $"{EntryText.Of(entry)}{(entry.Reason is null ? "" : $": {entry.Reason}")}", Styles.Heading);
            console.WriteLine();
            ChangesView.Write(console, changes, token);
        }

        void WriteHead(Utf8JsonWriter json)
        {
            json.WriteString("runId", run?.RunId);
            json.WritePropertyName("entry");
            if (entry is null)
            {
                json.WriteNullValue();
            }
            else
            {
                EntryJson.Write(json, entry);
            }
        }
    }
}
