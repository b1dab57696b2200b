using Billing.HttpApi;
using Billing.LambdaEvents;
using Billing.Web.Expenses;
using Billing.Web.Ledger;
using Billing.Web.Security;
using Billing.Web.Settings;

namespace Billing.Web.Functions;

/// <summary>The routes of systems 2 and 5: the code of the functions, over the store of this host. Only their headers for pages of other origins are left out.</summary>
internal static class FunctionRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/logexpense", async (HttpContext context, WebLedger ledger, WebSettings settings, TimeProvider time, CancellationToken cancellationToken) =>
        {
            ExpenseLog log = new(new HttpReplies("", ""), ledger.Pipeline)
            {
                Rates = settings.Rates,
                ReportingCurrency = settings.ReportingCurrency,
                Time = time,
                Zone = settings.Zone,
                Find = (_, key, cancel) => FindAsync(ledger, key, cancel),
                ScopeOf = ExpenseScope.Of,
            };
            await AnswerAsync(context, (await log.AnswerAsync(await RequestOf(context, cancellationToken), cancellationToken)).Response);
        }).RequireAuthorization(Roles.Clerk).Produces(StatusCodes.Status200OK);
        app.MapGet("/expenses", async (HttpContext context, WebLedger ledger, CancellationToken cancellationToken) =>
            await AnswerAsync(context, await new ExpensesApi(ledger.Store, new HttpReplies("", "")).ListAsync(await RequestOf(context, cancellationToken), cancellationToken))).Produces(StatusCodes.Status200OK);
        app.MapGet("/totals", async (HttpContext context, WebLedger ledger, CancellationToken cancellationToken) =>
            await AnswerAsync(context, await new ExpensesApi(ledger.Store, new HttpReplies("", "")).TotalsAsync(await RequestOf(context, cancellationToken), cancellationToken))).Produces(StatusCodes.Status200OK);
        app.MapGet("/receipts", async (HttpContext context, WebLedger ledger, CancellationToken cancellationToken) =>
            await AnswerAsync(context, await new ReceiptsApi(ledger.Receipts, new HttpReplies("", "")).AnswerAsync(await RequestOf(context, cancellationToken), cancellationToken))).Produces(StatusCodes.Status200OK);
    }

    private static async Task<EarlierExpense?> FindAsync(WebLedger ledger, RecordKey key, CancellationToken cancellationToken) =>
        await ledger.Store.FindAsync(key, cancellationToken) is { } stored ? new EarlierExpense(stored.Date, stored.Instant, stored.Fingerprint.ToString()) : null;

    private static async Task<HttpApiRequest> RequestOf(HttpContext context, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        return new HttpApiRequest
        {
            RawPath = context.Request.Path,
            Headers = context.Request.Headers.ToDictionary(pair => pair.Key, pair => string.Join(",", pair.Value.AsEnumerable()), StringComparer.OrdinalIgnoreCase),
            QueryStringParameters = context.Request.Query.ToDictionary(pair => pair.Key, pair => string.Join(",", pair.Value.AsEnumerable()), StringComparer.Ordinal),
            RequestContext = new HttpApiRequestContext { Http = new HttpApiRequestHttp { Method = context.Request.Method, Path = context.Request.Path } },
            Body = Convert.ToBase64String(body.GetBuffer(), 0, (int)body.Length),
            IsBase64Encoded = true,
        };
    }

    private static async Task AnswerAsync(HttpContext context, HttpApiResponse response)
    {
        context.Response.StatusCode = response.StatusCode;
        foreach ((string name, string value) in response.Headers.Where(header => !header.Key.StartsWith("access-control-", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("vary", StringComparison.OrdinalIgnoreCase)))
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(response.Body, context.RequestAborted);
    }
}
