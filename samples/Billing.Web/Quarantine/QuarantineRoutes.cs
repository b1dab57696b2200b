using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Export;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Web.Quarantine;

/// <summary>The routes of rows that could not be processed.</summary>
internal static class QuarantineRoutes
{
    private const int MostKeys = 1_000;
    private const int LongestText = 100_000;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder quarantine = api.MapGroup("/quarantine");
        quarantine.MapGet("/", ListAsync).WithParameters();
        quarantine.MapGet("/export", Export).WithParameters();
        quarantine.MapGet("/{key}", async (string key, WebLedger ledger, CancellationToken cancellationToken) => TypedResults.Ok(QuarantineListing.Of(await FindAsync(ledger.Store, Addresses.Of(key), cancellationToken))));
        quarantine.MapPost("/{key}/mend", MendAsync).RequireAuthorization(Roles.Clerk);
        quarantine.MapPost("/dismiss", DismissAsync).RequireAuthorization(Roles.Clerk);
        quarantine.MapPost("/replay", ReplayAsync).RequireAuthorization(Roles.Clerk);
    }

    private static async Task<Ok<QuarantineList>> ListAsync(HttpRequest request, WebLedger ledger, CancellationToken cancellationToken)
    {
        QueryReader reader = new(request);
        QuarantineQuery query = QuarantineListing.Read(reader);
        PageRequest page = reader.Page();
        reader.Demand();
        try
        {
            Page<QuarantinedRecord> rows = await ledger.Store.GetQuarantineAsync(query with { PageSize = page.PageSize, ContinuationToken = page.ContinuationToken }, cancellationToken);
            return TypedResults.Ok(new QuarantineList { Items = [.. rows.Items.Select(QuarantineListing.Of)], Next = rows.ContinuationToken });
        }
        catch (ArgumentException)
        {
            throw QueryReader.WrongToken();
        }
    }

    private static IResult Export(HttpRequest request, WebLedger ledger, CancellationToken cancellationToken)
    {
        QueryReader reader = new(request);
        QuarantineQuery query = QuarantineListing.Read(reader);
        ExportFormat format = ExportFile.FormatOf(reader);
        reader.Demand();
        return ExportFile.Of("quarantine", format, QuarantineListing.Columns, ledger.Store.GetAllQuarantineAsync(query, cancellationToken));
    }

    private static async Task<Ok<MendReply>> MendAsync(string key, MendRequest body, WebLedger ledger, CancellationToken cancellationToken)
    {
        RecordKey row = Addresses.Of(key);
        await FindAsync(ledger.Store, row, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > LongestText || !Billing.Storage.UnicodeText.IsWellFormed(body.Text))
        {
            throw new FieldException("text", FormattableString.Invariant($"Send the whole row as it should be: 1 to {LongestText} characters."));
        }

        string? reason = RecordRoutes.ReasonOf(body.Reason);
        RowMend mend = await Refusal.OfAsync(() => ledger.PlainPipeline().MendAsync(row, body.Text, reason, new IngestOptions(), cancellationToken));
        return TypedResults.Ok(new MendReply { Outcome = mend.Outcome, Record = mend.IsTaken ? mend.Record : null, Report = mend.Report });
    }

    private static async Task<NoContent> DismissAsync(DismissRequest body, WebLedger ledger, EventHub events, CancellationToken cancellationToken)
    {
        FieldErrors errors = new();
        if (body.Keys is not { Count: > 0 and <= MostKeys } keys || !keys.All(key => RecordKey.TryParse(key, out _)))
        {
            errors.Add("keys", FormattableString.Invariant($"State the keys of 1 to {MostKeys} rows."));
        }

        string? reason = RecordRoutes.ReasonOf(body.Reason);
        if (reason is null)
        {
            errors.Add("reason", "This is missing. Say why these rows are no records.");
        }

        if (errors.Any)
        {
            throw new FieldException(errors);
        }

        RecordKey[] rows = [.. body.Keys!.Select(RecordKey.Parse).Distinct()];
        foreach (RecordKey row in rows)
        {
            QuarantinedRecord found = await FindAsync(ledger.Store, row, cancellationToken);
            if (found.Reason == QuarantineReason.Pending || !found.IsOpen)
            {
                throw new RefusedException(StatusCodes.Status409Conflict, found.IsOpen ? "A row is pending: dismiss it among the pending rows. None was dismissed." : "A row is closed already. None was dismissed.");
            }
        }

        await ledger.PlainPipeline().DismissQuarantineAsync(rows, reason!, cancellationToken);
        events.Publish("quarantine");
        return TypedResults.NoContent();
    }

    private static async Task<Ok<ReplayReply>> ReplayAsync(ReplayRequest body, WebLedger ledger, CancellationToken cancellationToken)
    {
        RecordKey? key = null;
        if (body.Key is { } text)
        {
            key = RecordKey.TryParse(text, out RecordKey parsed) ? parsed : throw new FieldException("key", "A key is 64 hexadecimal digits.");
        }

        QuarantineQuery query = new() { Key = key, RunId = Short("runId", body.RunId), SourceName = Short("source", body.Source), Reason = Short("reason", body.Reason) };
        BillingPipeline pipeline = body.UseCurrent ? ledger.Pipeline() : ledger.PlainPipeline();
        return TypedResults.Ok(new ReplayReply { Reports = await Refusal.OfAsync(() => pipeline.ReplayAsync(query, new IngestOptions(), cancellationToken)) });
    }

    private static string? Short(string field, string? text) => text is null || (text.Length is > 0 and <= 1_000 && Billing.Storage.UnicodeText.IsWellFormed(text)) ? text : throw new FieldException(field, "Leave this out, or use 1 to 1000 characters.");

    private static async Task<QuarantinedRecord> FindAsync(IBillingStore store, RecordKey key, CancellationToken cancellationToken) =>
        (await store.GetQuarantineAsync(new QuarantineQuery { Key = key, IncludeResolved = true, PageSize = 1 }, cancellationToken)).Items is [{ } row, ..]
            ? row
            : throw new RefusedException(StatusCodes.Status404NotFound, "There is no row in quarantine under this key.");
}
