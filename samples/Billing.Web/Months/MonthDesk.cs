using Billing.Web.Contracts;
using Billing.Web.Ledger;

namespace Billing.Web.Months;

/// <summary>Reads months as the API gives them.</summary>
internal sealed class MonthDesk(WebLedger ledger, TimeProvider time)
{
    public async Task<MonthReply> ReadAsync(BillingMonth month, CancellationToken cancellationToken)
    {
        MonthClosings closings = new(ledger.Store, time);
        IReadOnlyList<MonthClosing> closed = await closings.GetAsync(month, cancellationToken);
        MonthRestatement? changes = closed.Count == 0 ? null : await closings.GetChangesAsync(month, cancellationToken);
        MonthReport report = await ReportAsync(closings, closed, month, cancellationToken);
        return new MonthReply
        {
            Report = report with { Lines = [] },
            Closings = closed,
            Changes = changes is { Added.Count: 0, TakenAway.Count: 0, Changed.Count: 0 } ? null : changes,
            Obstacles = await closings.GetObstaclesAsync(month, cancellationToken: cancellationToken),
        };
    }

    /// <summary>The report: of a closed month as it was closed last.</summary>
    public async Task<MonthReport> ReportAsync(BillingMonth month, CancellationToken cancellationToken)
    {
        MonthClosings closings = new(ledger.Store, time);
        return await ReportAsync(closings, await closings.GetAsync(month, cancellationToken), month, cancellationToken);
    }

    public async Task<MonthReply> CloseAsync(BillingMonth month, string? reason, bool includeIncomplete, CancellationToken cancellationToken)
    {
        await new MonthClosings(ledger.Store, time) { Reason = reason, IncludeIncomplete = includeIncomplete }.CloseAsync(month, cancellationToken: cancellationToken);
        return await ReadAsync(month, cancellationToken);
    }

    private async Task<MonthReport> ReportAsync(MonthClosings closings, IReadOnlyList<MonthClosing> closed, BillingMonth month, CancellationToken cancellationToken) =>
        closed.Count == 0 ? await MonthReport.CreateAsync(ledger.Store, month, cancellationToken: cancellationToken) : await closings.GetReportAsync(closed[^1], cancellationToken);
}
