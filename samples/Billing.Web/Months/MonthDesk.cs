using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Settings;

namespace Billing.Web.Months;

/// <summary>Reads months as the API gives them.</summary>
internal sealed class MonthDesk(WebLedger ledger, WebSettings settings, TimeProvider time)
{
    public async Task<MonthReply> ReadAsync(BillingMonth month, CancellationToken cancellationToken)
    {
        MonthClosings closings = Closings();
        IReadOnlyList<MonthClosing> closed = await closings.GetAsync(month, cancellationToken);
        MonthReport report = await ReportAsync(closings, closed, month, cancellationToken);
        MonthReply reply = new()
        {
            Report = report with { Lines = [] },
            Closings = closed,
            Obstacles = await closings.GetObstaclesAsync(month, cancellationToken: cancellationToken),
        };
        try
        {
            return reply with { Changes = closed.Count > 0 && await closings.GetChangesAsync(month, cancellationToken) is { Count: > 0 } changes ? changes : null };
        }
        catch (MissingRatesException e)
        {
            // The rates of the closing have none for what came since. The closed report is shown all the same.
            return reply with { ChangesUnknown = e.Message };
        }
    }

    /// <summary>The report: of a closed month as it was closed last.</summary>
    public async Task<MonthReport> ReportAsync(BillingMonth month, CancellationToken cancellationToken)
    {
        MonthClosings closings = Closings();
        return await ReportAsync(closings, await closings.GetAsync(month, cancellationToken), month, cancellationToken);
    }

    public async Task<MonthReply> CloseAsync(BillingMonth month, string? reason, bool includeIncomplete, CancellationToken cancellationToken)
    {
        await Closings(reason, includeIncomplete).CloseAsync(month, cancellationToken: cancellationToken);
        return await ReadAsync(month, cancellationToken);
    }

    // A month is over when it is over where the books are kept.
    private MonthClosings Closings(string? reason = null, bool includeIncomplete = false) => new(ledger.Store, time) { Reason = reason, IncludeIncomplete = includeIncomplete, BooksZone = settings.Zone };

    private async Task<MonthReport> ReportAsync(MonthClosings closings, IReadOnlyList<MonthClosing> closed, BillingMonth month, CancellationToken cancellationToken) =>
        closed.Count == 0 ? await MonthReport.CreateAsync(ledger.Store, month, cancellationToken: cancellationToken) : await closings.GetReportAsync(closed[^1], cancellationToken);
}
