using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Ledger;
using Billing.Web.Settings;

namespace Billing.Web.Overview;

/// <summary>Reads a month and the one before it.</summary>
internal sealed class OverviewReader(WebLedger ledger, WebSettings settings)
{
    private const int MostParties = 50;
    private const int MostCounted = 1_000;

    public async Task<OverviewReply> ReadAsync(DateOnly month, CancellationToken cancellationToken)
    {
        RecordQuery query = Of(month);
        RecordQuery before = Of(month.AddMonths(-1));
        IReadOnlyList<OverviewRow> currencies = await RowsAsync(SummaryBy.Currency, query, before, cancellationToken);
        IReadOnlyList<SummaryRow> months = await ledger.Store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), cancellationToken);
        IReadOnlyList<QuarantinedRecord> open = (await ledger.Store.GetQuarantineAsync(new QuarantineQuery { PageSize = MostCounted }, cancellationToken)).Items;
        return new OverviewReply
        {
            Month = Word(month),
            Before = Word(month.AddMonths(-1)),
            ReportingCurrency = settings.ReportingCurrency.Code,
            Total = Sum(currencies.Select(row => row.Reporting)),
            TotalBefore = Sum((await ledger.Store.SummarizeAsync(SummaryBy.Currency, before, cancellationToken)).Select(row => row.Reporting)),
            Categories = await RowsAsync(SummaryBy.Category, query, before, cancellationToken),
            Parties = [.. (await RowsAsync(SummaryBy.Party, query, before, cancellationToken)).Take(MostParties)],
            Days = [.. (await ledger.Store.SummarizeAsync(SummaryBy.Day, query, cancellationToken)).Select(row => new OverviewRow { Name = row.Group, Billed = row.Billed, Reporting = row.Reporting })],
            Currencies = currencies,
            Rates = await RatesAsync(query, cancellationToken),
            Months = [.. months.Select(row => row.Group).Reverse()],
            OpenQuarantine = open.Count,
            OpenPending = open.Count(row => row.Reason == QuarantineReason.Pending),
        };
    }

    // A group that is gone this month is a difference too.
    private async Task<IReadOnlyList<OverviewRow>> RowsAsync(SummaryBy by, RecordQuery query, RecordQuery before, CancellationToken cancellationToken)
    {
        IReadOnlyList<SummaryRow> now = await ledger.Store.SummarizeAsync(by, query, cancellationToken);
        Dictionary<string, SummaryRow> then = (await ledger.Store.SummarizeAsync(by, before, cancellationToken)).ToDictionary(row => row.Group, StringComparer.Ordinal);
        IEnumerable<OverviewRow> rows = now.Select(row => new OverviewRow { Name = row.Group, Billed = row.Billed, Reporting = row.Reporting, ReportingBefore = then.Remove(row.Group, out SummaryRow? was) ? was.Reporting : ControlTotals.Zero }).ToArray();
        return [.. rows.Concat(then.Values.Select(was => new OverviewRow { Name = was.Group, Billed = ControlTotals.Zero, Reporting = ControlTotals.Zero, ReportingBefore = was.Reporting }))
            .OrderByDescending(row => Math.Abs(row.Reporting[settings.ReportingCurrency.Code].ToDecimal())).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<RateUse>> RatesAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        Dictionary<ExchangeRate, long> used = [];
        await foreach (BillingRecord record in ledger.Store.QueryAllAsync(query, cancellationToken))
        {
            if (record.ExchangeRate is { } rate)
            {
                used[rate] = used.GetValueOrDefault(rate) + 1;
            }
        }

        return [.. used.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(pair => new RateUse { Rate = pair.Key, Records = pair.Value })];
    }

    private static ControlTotals Sum(IEnumerable<ControlTotals> totals) => totals.Aggregate(ControlTotals.Zero, (sum, more) => sum + more);

    private static RecordQuery Of(DateOnly month) => new() { From = month, To = month.AddMonths(1).AddDays(-1), PageSize = 2_000 };

    private static string Word(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
