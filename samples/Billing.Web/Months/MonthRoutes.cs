using Billing.Web.Contracts;
using Billing.Web.Events;
using Billing.Web.Ledger;
using Billing.Web.Problems;
using Billing.Web.Records;
using Billing.Web.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Web.Months;

/// <summary>The routes of months: report, closing, files, budgets, unusual amounts.</summary>
internal static class MonthRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder months = api.MapGroup("/months/{month}");
        months.MapGet("/", async (string month, MonthDesk desk, CancellationToken cancellationToken) =>
        {
            BillingMonth of = Of(month);
            return TypedResults.Ok(await Refusal.OfAsync(() => desk.ReadAsync(of, cancellationToken)));
        });
        months.MapGet("/file", FileAsync).WithParameters();
        months.MapGet("/budgets", async (string month, MonthDesk desk, BudgetsInForce budgets, CancellationToken cancellationToken) =>
        {
            BillingMonth of = Of(month);
            return TypedResults.Ok(new BudgetList { Items = budgets.File.Value is { } all ? await Refusal.OfAsync(async () => all.Evaluate(await desk.ReportAsync(of, cancellationToken))) : [] });
        });
        months.MapGet("/unusual", async (string month, WebLedger ledger, CancellationToken cancellationToken) =>
        {
            IReadOnlyList<UnusualAmount> unusual = await UnusualAmounts.FindAsync(ledger.Store, Of(month), cancellationToken);
            return TypedResults.Ok(new UnusualList { Items = [.. unusual.Select(amount => new UnusualItem { Amount = amount, Reason = amount.ToString() })] });
        });
        months.MapPost("/close", async (string month, [FromBody] CloseRequest? body, MonthDesk desk, EventHub events, CancellationToken cancellationToken) =>
        {
            BillingMonth of = Of(month);
            string? reason = RecordRoutes.ReasonOf(body?.Reason);
            MonthReply closed = await Refusal.OfAsync(() => desk.CloseAsync(of, reason, body?.IncludeIncomplete ?? false, cancellationToken));
            events.Publish("months");
            return TypedResults.Ok(closed);
        }).RequireAuthorization(Roles.Controller);
        api.MapGet("/budgets", (HttpContext context, BudgetsInForce budgets) => Answer(context, budgets));
        api.MapPut("/budgets", (BudgetsDraft draft, HttpContext context, BudgetsInForce budgets, EventHub events) => Replace(draft, context, budgets, events)).RequireAuthorization(Roles.Controller);
    }

    private static async Task<IResult> FileAsync(string month, HttpRequest request, MonthDesk desk, CancellationToken cancellationToken)
    {
        BillingMonth of = Of(month);
        QueryReader reader = new(request);
        string format = reader.Word("format", "csv", "csv", "xlsx", "html");
        reader.Demand();
        MonthReport report = await Refusal.OfAsync(() => desk.ReportAsync(of, cancellationToken));
        MemoryStream file = new();
        (Task writing, string type) = format switch
        {
            "xlsx" => (MonthXlsx.WriteAsync(report, file, cancellationToken: cancellationToken), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            "html" => (MonthHtml.WriteAsync(report, file, cancellationToken: cancellationToken), "text/html; charset=utf-8"),
            _ => (report.WriteCsvAsync(file, cancellationToken), "text/csv; charset=utf-8"),
        };
        await writing;
        return TypedResults.File(file.ToArray(), type, $"{of}.{format}");
    }

    private static Ok<BudgetsReply> Replace(BudgetsDraft draft, HttpContext context, BudgetsInForce budgets, EventHub events)
    {
        if (string.IsNullOrWhiteSpace(draft.Text))
        {
            throw new FieldException("text", "This is missing. Send the text of a budgets file.");
        }

        bool isReplaced;
        try
        {
            isReplaced = budgets.File.TryReplace(Addresses.Version(context.Request), draft.Text);
        }
        catch (BillingConfigurationException e)
        {
            throw new FieldException(FieldErrors.Of("text", e.Message), StatusCodes.Status422UnprocessableEntity);
        }

        if (!isReplaced)
        {
            throw new RefusedException(StatusCodes.Status412PreconditionFailed, "Somebody else changed the budgets since you saw them. Nothing was changed; look at them and edit again.");
        }

        events.Publish("budgets");
        return Answer(context, budgets);
    }

    private static Ok<BudgetsReply> Answer(HttpContext context, BudgetsInForce budgets)
    {
        context.Response.Headers.ETag = $"\"{budgets.File.Version}\"";
        return TypedResults.Ok(new BudgetsReply { Text = budgets.File.Text, Version = budgets.File.Version });
    }

    private static BillingMonth Of(string text) => BillingMonth.TryParse(text, out BillingMonth month) && month.First.Year is > 1 and < 9999 ? month
        : throw new RefusedException(StatusCodes.Status404NotFound, "This is no month such as 2025-06.");
}
