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
        // Beside each other: SQLite works on the thread that asks.
        Task<MonthSums> adding = Task.Run(() => SumsAsync(month, cancellationToken), cancellationToken);
        Task<MonthSums> addingBefore = Task.Run(() => SumsAsync(month.AddMonths(-1), cancellationToken), cancellationToken);
        Task<IReadOnlyList<RateUse>> reading = Task.Run(() => RatesAsync(Of(month), cancellationToken), cancellationToken);
        Task<IReadOnlyList<string>> listing = Task.Run(() => MonthList.ReadAsync(ledger.Store, cancellationToken), cancellationToken);
        Task<Page<QuarantinedRecord>> counting = Task.Run(() => ledger.Store.GetQuarantineAsync(new QuarantineQuery { PageSize = MostCounted }, cancellationToken).AsTask(), cancellationToken);
        await Task.WhenAll(adding, addingBefore, reading, listing, counting);
        (MonthSums now, MonthSums before) = (await adding, await addingBefore);
        IReadOnlyList<QuarantinedRecord> open = (await counting).Items;
        return new OverviewReply
        {
            Month = Word(month),
            Before = Word(month.AddMonths(-1)),
            ReportingCurrency = settings.ReportingCurrency.Code,
            Total = Sum(now.Currencies),
            TotalBefore = Sum(before.Currencies),
            Categories = Rows(now.Categories, before.Categories),
            Parties = [.. Rows(now.Parties, before.Parties).Take(MostParties)],
            Days = [.. now.Days.Select(row => new OverviewRow { Name = row.Group, Billed = row.Billed, Reporting = row.Reporting })],
            Currencies = Rows(now.Currencies, before.Currencies),
            Rates = await reading,
            Months = await listing,
            OpenQuarantine = open.Count,
            OpenPending = open.Count(row => row.Reason == QuarantineReason.Pending),
        };
    }

    private async Task<MonthSums> SumsAsync(DateOnly month, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<SummaryRow>> sums = await ledger.Store.SummarizeAllAsync([SummaryBy.Currency, SummaryBy.Category, SummaryBy.Party, SummaryBy.Day], Of(month), cancellationToken);
        return new MonthSums(sums[0], sums[1], sums[2], sums[3]);
    }

    // A group that is gone this month is a difference too.
    private IReadOnlyList<OverviewRow> Rows(IReadOnlyList<SummaryRow> now, IReadOnlyList<SummaryRow> before)
    {
        Dictionary<string, SummaryRow> then = before.ToDictionary(row => row.Group, StringComparer.Ordinal);
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

    private static ControlTotals Sum(IReadOnlyList<SummaryRow> rows) => rows.Aggregate(ControlTotals.Zero, (sum, row) => sum + row.Reporting);

    private static RecordQuery Of(DateOnly month) => new() { From = month, To = month.AddMonths(1).AddDays(-1) };

    private static string Word(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private sealed record MonthSums(IReadOnlyList<SummaryRow> Currencies, IReadOnlyList<SummaryRow> Categories, IReadOnlyList<SummaryRow> Parties, IReadOnlyList<SummaryRow> Days);
}
