using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;

namespace Billing.Web.Pending;

/// <summary>The routes of pending rows, and of what a person says of them.</summary>
internal static class PendingRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder pending = api.MapGroup("/pending");
        pending.MapGet("/", async (HttpRequest request, WebLedger ledger, TimeProvider time, CancellationToken cancellationToken) =>
        {
            QueryReader reader = new(request);
            bool all = reader.Flag("all");
            reader.Demand();
            return TypedResults.Ok(new PendingList
            {
                Items = await new LedgerPending(ledger.Store, time).ListAsync(all, cancellationToken),
                Dismissed = all ? await DismissedAsync(ledger.Store, cancellationToken) : [],
            });
        }).WithParameters();
        pending.MapPost("/{key}/settle", async (string key, SettleRequest body, WebLedger ledger, EventHub events, TimeProvider time, CancellationToken cancellationToken) =>
        {
            RecordKey row = await DemandAsync(key, ledger.Store, cancellationToken);
            if (!RecordKey.TryParse(body.Posted, out RecordKey posted))
            {
                throw new FieldException("posted", "State the key of the posted record: 64 hexadecimal digits.");
            }

            return await SayAsync(events, () => new LedgerPending(ledger.Store, time).SettleAsync(row, posted, cancellationToken));
        }).RequireAuthorization(Roles.Clerk);
        pending.MapPost("/{key}/dismiss", async (string key, ReasonRequest body, WebLedger ledger, EventHub events, TimeProvider time, CancellationToken cancellationToken) =>
        {
            RecordKey row = await DemandAsync(key, ledger.Store, cancellationToken);
            string reason = RecordRoutes.ReasonOf(body.Reason) ?? throw new FieldException("reason", "This is missing. Say why the row will not be posted.");
            return await SayAsync(events, () => new LedgerPending(ledger.Store, time).DismissAsync(row, reason, cancellationToken));
        }).RequireAuthorization(Roles.Clerk);
        pending.MapPost("/{key}/reopen", async (string key, WebLedger ledger, EventHub events, TimeProvider time, CancellationToken cancellationToken) =>
        {
            RecordKey row = await DemandAsync(key, ledger.Store, cancellationToken);
            return await SayAsync(events, () => new LedgerPending(ledger.Store, time).ReopenAsync(row, cancellationToken));
        }).RequireAuthorization(Roles.Clerk);
    }

    // Rows whose run was taken back are closed with it, and nobody can open them again.
    private static async Task<IReadOnlyList<QuarantinedRecord>> DismissedAsync(IBillingStore store, CancellationToken cancellationToken)
    {
        List<QuarantinedRecord> rows = [];
        Dictionary<string, bool> isReverted = [];
        await foreach (QuarantinedRecord row in store.GetAllQuarantineAsync(new QuarantineQuery { Reason = QuarantineReason.Pending, IncludeResolved = true }, cancellationToken))
        {
            if (row.Dismissal is null)
            {
                continue;
            }

            if (!isReverted.TryGetValue(row.RunId, out bool reverted))
            {
                isReverted[row.RunId] = reverted = await store.FindRunAsync(row.RunId, cancellationToken) is { RevertedBy: not null };
            }

            if (!reverted)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.NoContent> SayAsync(EventHub events, Func<Task> say)
    {
        await Refusal.OfAsync(async () =>
        {
            await say();
            return true;
        });
        events.Publish("quarantine");
        return TypedResults.NoContent();
    }

    private static async Task<RecordKey> DemandAsync(string text, IBillingStore store, CancellationToken cancellationToken)
    {
        RecordKey key = Addresses.Of(text);
        return (await store.GetQuarantineAsync(new QuarantineQuery { Key = key, IncludeResolved = true, PageSize = 1 }, cancellationToken)).Items is [{ Reason: QuarantineReason.Pending }, ..]
            ? key
            : throw new RefusedException(StatusCodes.Status404NotFound, "There is no pending row under this key.");
    }
}
