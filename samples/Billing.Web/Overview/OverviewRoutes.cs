using System.Globalization;
using Billing.Web.Events;
using Billing.Web.Expenses;
using Billing.Web.Records;

namespace Billing.Web.Overview;

/// <summary>The routes of the first page: the month, and what changes while it is looked at.</summary>
internal static class OverviewRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/overview", async (HttpRequest request, OverviewReader overview, ExpenseBook book, CancellationToken cancellationToken) =>
        {
            QueryReader reader = new(request);
            DateOnly month = reader.Month("month") ?? new DateOnly(book.Today.Year, book.Today.Month, 1);
            reader.Demand();
            return month.Year is > 1 and < 9999 ? TypedResults.Ok(await overview.ReadAsync(month, cancellationToken)) : throw new Problems.FieldException("month", "Use a month such as 2025-06.");
        }).WithParameters();
        api.MapGet("/events", (HttpContext context, EventHub events, CancellationToken cancellationToken) =>
            EventStream.Of(context, events.ReadAsync(long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out long last) ? last : null, cancellationToken)));
    }
}
