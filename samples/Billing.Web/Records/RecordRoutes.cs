using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Expenses;
using Billing.Web.Export;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Security;

namespace Billing.Web.Records;

/// <summary>The routes of stored records, and of what a person takes back.</summary>
internal static class RecordRoutes
{
    private const int LongestReason = 240;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder records = api.MapGroup("/records");
        records.MapGet("/", ListAsync).WithParameters();
        records.MapGet("/export", Export).WithParameters();
        records.MapGet("/{key}", async (string key, HttpContext context, ExpenseBook book, CancellationToken cancellationToken) =>
            RecordVersions.Answer(context, RecordVersions.Of(await book.FindAsync(Addresses.Of(key), cancellationToken)))).Produces<RecordReply>();
        records.MapGet("/{key}/history", async (string key, RecordHistories histories, CancellationToken cancellationToken) => TypedResults.Ok(await histories.ReadAsync(Addresses.Of(key), cancellationToken)));
        records.MapGet("/{key}/trace", async (string key, RecordHistories histories, CancellationToken cancellationToken) => TypedResults.Ok(await histories.TraceAsync(Addresses.Of(key), cancellationToken)));
        records.MapDelete("/{key}", RemoveAsync).RequireAuthorization(Roles.Clerk).Produces<EntryReply>();
        api.MapPost("/entries/{id}/undo", UndoAsync).RequireAuthorization(Roles.Clerk);
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<RecordList>> ListAsync(HttpRequest request, WebLedger ledger, CancellationToken cancellationToken)
    {
        QueryReader reader = new(request);
        RecordListQuery query = RecordFilter.Read(reader);
        PageRequest page = reader.Page();
        reader.Demand();
        return TypedResults.Ok(await RecordPages.ReadAsync(ledger.Store, query with { PageSize = page.PageSize, ContinuationToken = page.ContinuationToken }, cancellationToken));
    }

    private static IResult Export(HttpRequest request, WebLedger ledger, CancellationToken cancellationToken)
    {
        QueryReader reader = new(request);
        RecordListQuery query = RecordFilter.Read(reader);
        ExportFormat format = ExportFile.FormatOf(reader);
        reader.Demand();
        return ExportFile.Of("records", format, RecordSheet.Columns, ledger.Store.QueryAllAsync(query.Filter, cancellationToken));
    }

    private static async Task<IResult> RemoveAsync(string key, [Microsoft.AspNetCore.Mvc.FromBody] RemoveRequest? body, HttpContext context, WebLedger ledger, ExpenseBook book, EventHub events, CancellationToken cancellationToken)
    {
        RecordKey record = Addresses.Of(key);
        string reason = ReasonOf(body?.Reason) ?? "removed on the page";
        BillingRecord seen = await book.FindAsync(record, cancellationToken);
        using IDisposable held = await book.LockAsync(seen.SourceId ?? key, cancellationToken);
        RecordReply current = RecordVersions.Of(await book.FindAsync(record, cancellationToken));
        if (current.Version != Addresses.Version(context.Request))
        {
            return ExpenseRoutes.Conflict(current);
        }

        LedgerEntry entry = await Refusal.OfAsync(() => new LedgerRemoval(ledger.Store, reason).RunAsync([record], cancellationToken));
        events.Publish("records");
        return TypedResults.Ok(new EntryReply { Entries = [entry] });
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Ok<EntryReply>> UndoAsync(string id, HttpContext context, WebLedger ledger, EventHub events, CancellationToken cancellationToken)
    {
        await DemandMayUndoAsync(Addresses.Id(id), context, ledger.Store, cancellationToken);
        IReadOnlyList<LedgerEntry> entries = await Refusal.OfAsync(() => new LedgerReversal(ledger.Store) { Reason = "undone on the page" }.RunAsync(id, cancellationToken));
        events.Publish("records");
        return TypedResults.Ok(new EntryReply { Entries = entries });
    }

    // A clerk takes back what a clerk may do: a removal, and the edit of an expense.
    private static async Task DemandMayUndoAsync(string id, HttpContext context, IAmendableStore store, CancellationToken cancellationToken)
    {
        bool isClerks = await store.FindEntryAsync(id, cancellationToken) is { } entry ? entry.Kind == LedgerEntryKind.Removal
            : await store.FindRunAsync(id, cancellationToken) is { } run ? run.Delivery is not null && ExpenseScope.IsOf(run)
            : throw new RefusedException(StatusCodes.Status404NotFound, "There is no entry and no run with this id.");
        if (!isClerks && !context.User.IsInRole(Roles.Controller))
        {
            throw new RefusedException(StatusCodes.Status403Forbidden, "Only a controller may take this back. A clerk may undo a removal and an edit.");
        }
    }

    /// <summary>A reason, or null where none is stated.</summary>
    /// <exception cref="FieldException">It is too long.</exception>
    public static string? ReasonOf(string? reason)
    {
        string? text = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        return text is null || (System.Text.Encoding.UTF8.GetByteCount(text) <= LongestReason && !text.Any(char.IsControl) && Billing.Storage.UnicodeText.IsWellFormed(text)) ? text
            : throw new FieldException("reason", "Use at most 240 bytes of text on one line.");
    }
}
