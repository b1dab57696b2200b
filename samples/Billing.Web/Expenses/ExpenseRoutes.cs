using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Security;

namespace Billing.Web.Expenses;

/// <summary>The routes of expenses.</summary>
internal static class ExpenseRoutes
{
    private const string KeyHeader = "Idempotency-Key";
    private const int LongestKey = 255;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder expenses = api.MapGroup("/expenses").RequireAuthorization(Roles.Clerk);
        expenses.MapPost("/proposal", async (ExpenseDraft draft, ExpenseBook book, CancellationToken cancellationToken) => TypedResults.Ok(await book.ProposeAsync(DraftCheck.Check(draft, book.Today), cancellationToken)));
        expenses.MapPost("/", AddAsync).Produces<RecordReply>(StatusCodes.Status201Created);
        expenses.MapPut("/{key}", EditAsync).Produces<RecordReply>().Produces<ProblemReply>(StatusCodes.Status412PreconditionFailed, Problem.MediaType);
    }

    private static async Task<IResult> AddAsync(ExpenseDraft draft, HttpContext context, ExpenseBook book, CancellationToken cancellationToken)
    {
        string key = context.Request.Headers[KeyHeader].ToString().Trim();
        if (key.Length is 0 or > LongestKey)
        {
            throw new FieldException(KeyHeader, key.Length == 0
                ? "This header is missing. Send a new value for each new expense, and the same one when you send it again."
                : FormattableString.Invariant($"This header has {key.Length} characters. Send at most {LongestKey}."));
        }

        RecordReply stored = await book.AddAsync(DraftCheck.Check(draft, book.Today), key, cancellationToken);
        context.Response.Headers.Location = $"/api/records/{stored.Record.Key}";
        return RecordVersions.Answer(context, stored, StatusCodes.Status201Created);
    }

    private static async Task<IResult> EditAsync(string key, ExpenseDraft draft, HttpContext context, ExpenseBook book, CancellationToken cancellationToken)
    {
        RecordKey record = Addresses.Of(key);
        (RecordReply? edited, RecordReply? current) = await book.EditAsync(record, DraftCheck.Check(draft, book.Today), Addresses.Version(context.Request), cancellationToken);
        return edited is not null ? RecordVersions.Answer(context, edited) : Conflict(current!);
    }

    /// <summary>The answer to the second of two editors, with what the first one left.</summary>
    public static IResult Conflict(RecordReply current) => Problem.Of(new ProblemReply
    {
        Status = StatusCodes.Status412PreconditionFailed,
        Detail = "Somebody else changed this record since you saw it. 'current' is what it is now. Nothing was changed; look at it and edit again.",
        Current = current,
    });
}
