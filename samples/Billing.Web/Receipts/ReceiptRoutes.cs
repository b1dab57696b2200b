using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Limits;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;

namespace Billing.Web.Receipts;

/// <summary>The routes of receipts.</summary>
internal static class ReceiptRoutes
{
    private const long MostBytes = 20 * 1024 * 1024;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder receipts = api.MapGroup("/receipts");
        receipts.MapPost("/", async (HttpRequest request, ReceiptDesk desk, CancellationToken cancellationToken) =>
        {
            ReceiptReply reply = await desk.TakeAsync(request, cancellationToken);
            return reply.IsDuplicate ? (IResult)TypedResults.Ok(reply) : TypedResults.Created($"/api/receipts/{reply.Receipt.Id}", reply);
        }).RequireAuthorization(Roles.Clerk).WithMetadata(new BodyLimit(MostBytes)).Produces<ReceiptReply>().Produces<ReceiptReply>(StatusCodes.Status201Created);
        receipts.MapGet("/", async (HttpRequest request, WebLedger ledger, CancellationToken cancellationToken) =>
        {
            QueryReader reader = new(request);
            PageRequest page = reader.Page();
            reader.Demand();
            try
            {
                Page<Receipt> found = await ledger.Receipts.GetReceiptsAsync(page, cancellationToken);
                return TypedResults.Ok(new ReceiptList { Items = [.. found.Items.Select(ReceiptItems.Of)], Next = found.ContinuationToken });
            }
            catch (ArgumentException)
            {
                throw QueryReader.WrongToken();
            }
        }).WithParameters();
        receipts.MapGet("/{id}", async (string id, ReceiptDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(ReceiptItems.Of(await desk.FindAsync(id, cancellationToken))));
        receipts.MapGet("/{id}/file", async (string id, ReceiptDesk desk, CancellationToken cancellationToken) =>
        {
            Receipt receipt = await desk.FindAsync(id, cancellationToken);
            return File.Exists(desk.PathOf(id))
                ? TypedResults.PhysicalFile(desk.PathOf(id), "application/octet-stream", receipt.FileName)
                : throw new RefusedException(StatusCodes.Status404NotFound, "This host does not have the file: the receipt came by another way.");
        });
    }
}
