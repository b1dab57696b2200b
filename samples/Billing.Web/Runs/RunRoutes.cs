using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Export;
using Billing.Web.Imports;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Web.Runs;

/// <summary>The routes of runs: what came, what became of it, its seal; and taking one back.</summary>
internal static class RunRoutes
{
    private static readonly IReadOnlyList<ExportColumn<IngestReport>> s_columns =
    [
        ExportColumn<IngestReport>.Text("Run", run => run.RunId),
        ExportColumn<IngestReport>.Text("Source", run => run.Source),
        ExportColumn<IngestReport>.Text("Began", run => run.StartedAt.ToString("O", CultureInfo.InvariantCulture)),
        ExportColumn<IngestReport>.Text("Status", run => run.RevertedBy is null ? run.Status.ToString().ToLowerInvariant() : "reverted"),
        ExportColumn<IngestReport>.Number("Read", run => run.Read.Rows),
        ExportColumn<IngestReport>.Number("Stored", run => run.Stored.Rows),
        ExportColumn<IngestReport>.Number("Duplicate", run => run.Duplicate.Rows),
        ExportColumn<IngestReport>.Number("Conflict", run => run.Conflict.Rows),
        ExportColumn<IngestReport>.Number("Quarantined", run => run.Quarantined.Rows),
        ExportColumn<IngestReport>.Text("Balanced", run => run.IsBalanced ? "yes" : "no"),
        ExportColumn<IngestReport>.Text("Proof", run => run.Proof.Outcome.ToString().ToLowerInvariant()),
        ExportColumn<IngestReport>.Text("SHA-256", run => run.Sha256),
    ];

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder runs = api.MapGroup("/runs");
        runs.MapGet("/", ListAsync).WithParameters();
        runs.MapGet("/export", (HttpRequest request, WebLedger ledger, CancellationToken cancellationToken) =>
        {
            QueryReader reader = new(request);
            ExportFormat format = ExportFile.FormatOf(reader);
            reader.Demand();
            return ExportFile.Of("runs", format, s_columns, ledger.Store.GetAllRunsAsync(cancellationToken));
        }).WithParameters();
        runs.MapGet("/{id}", async (string id, WebLedger ledger, SealList seals, ImportJobs jobs, CancellationToken cancellationToken) =>
            TypedResults.Ok(Of(await FindAsync(id, ledger.Store, cancellationToken), await seals.LoadAsync(cancellationToken), jobs)));
        runs.MapGet("/{id}/statement", async (string id, WebLedger ledger, CancellationToken cancellationToken) => TypedResults.Text((await FindAsync(id, ledger.Store, cancellationToken)).ToString()));
        runs.MapPost("/{id}/revert", RevertAsync).RequireAuthorization(Roles.Controller);
    }

    private static async Task<Ok<RunList>> ListAsync(HttpRequest request, WebLedger ledger, SealList seals, ImportJobs jobs, CancellationToken cancellationToken)
    {
        QueryReader reader = new(request);
        PageRequest page = reader.Page();
        reader.Demand();
        Page<IngestReport> runs;
        try
        {
            runs = await ledger.Store.GetRunsAsync(page, cancellationToken);
        }
        catch (ArgumentException)
        {
            throw QueryReader.WrongToken();
        }

        Func<string, LedgerSeal?> sealOf = await seals.LoadAsync(cancellationToken);
        return TypedResults.Ok(new RunList
        {
            Items = [.. runs.Items.Select(run => Of(run, sealOf, jobs))],
            Next = runs.ContinuationToken,
            Head = await new LedgerSeals(ledger.Store).GetHeadAsync(cancellationToken),
        });
    }

    private static async Task<Ok<EntryReply>> RevertAsync(string id, [FromBody] ReasonRequest? body, WebLedger ledger, ImportJobs jobs, EventHub events, CancellationToken cancellationToken)
    {
        string? reason = RecordRoutes.ReasonOf(body?.Reason);
        IngestReport run = await FindAsync(id, ledger.Store, cancellationToken);
        LedgerReversal reversal = new(ledger.Store) { Reason = reason, IncludeInterrupted = jobs.IsInterrupted(run) };
        IReadOnlyList<LedgerEntry> entries = await Refusal.OfAsync(() => reversal.RunAsync(id, cancellationToken));
        events.Publish("records", id);
        events.Publish("runs", id);
        events.Publish("quarantine", id);
        return TypedResults.Ok(new EntryReply { Entries = entries });
    }

    private static RunItem Of(IngestReport run, Func<string, LedgerSeal?> sealOf, ImportJobs jobs) => new()
    {
        Report = run,
        Statement = run.ToString(),
        IsBalanced = run.IsBalanced,
        IsInterrupted = jobs.IsInterrupted(run),
        Seal = sealOf(run.RunId),
    };

    private static async Task<IngestReport> FindAsync(string id, IBillingStore store, CancellationToken cancellationToken) =>
        await store.FindRunAsync(Addresses.Id(id), cancellationToken) ?? throw new RefusedException(StatusCodes.Status404NotFound, "There is no run with this id.");
}
