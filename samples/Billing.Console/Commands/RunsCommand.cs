using System.CommandLine;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Json;
using Billing.Console.Reports;
using Billing.Console.Stores;
using Spectre.Console;

namespace Billing.Console.Commands;

/// <summary><c>billing runs</c>: what was ingested when, and what became of it.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandOptions options, Terminal terminal)
    {
        Command command = new("runs", "Lists the runs of a store, newest first.") { options.Store, options.Run, options.AsOf };
        foreach (Option option in (Option[])[.. options.OfPage, options.Json])
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
        Listing<IngestReport> listing = new(parse, options, async (size, token) =>
            parse.GetValue(options.Run) is { } id
                ? await OneAsync(store, id, cancellationToken)
                : await store.GetRunsAsync(new PageRequest { PageSize = size, ContinuationToken = token }, cancellationToken));
        return await listing.WriteAsync(terminal, "runs", WriteJson, WriteTable, writeHead: json => AsOfView.WriteJson(json, asOf));

        void WriteTable(IAnsiConsole console, IReadOnlyList<IngestReport> runs, string? token)
        {
            AsOfView.Write(console, asOf);
            RunsView.Write(console, runs, token);
        }
    }

    private static async Task<Page<IngestReport>> OneAsync(IBillingStore store, string id, CancellationToken cancellationToken) =>
        new(await store.FindRunAsync(id, cancellationToken) is { } run ? [run] : [], null);

    private static void WriteJson(Utf8JsonWriter json, IngestReport run)
    {
        json.WriteStartObject();
        json.WriteInstant("startedAt", run.StartedAt);
        json.WriteNumber("elapsedMilliseconds", (long)run.Elapsed.TotalMilliseconds);
        IngestReportJson.WriteMembers(json, run, run.IsBalanced);
        json.WriteEndObject();
    }
}
