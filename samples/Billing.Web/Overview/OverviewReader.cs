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

    private static readonly SummaryBy[] s_groupings = [SummaryBy.Currency, SummaryBy.Category, SummaryBy.Party, SummaryBy.Day];

    public async Task<OverviewReply> ReadAsync(DateOnly month, CancellationToken cancellationToken)
    {
        // Beside each other: SQLite works on the thread that asks.
        Task<IReadOnlyList<IReadOnlyList<SummaryRow>>> adding = Task.Run(() => SumsAsync(Of(month), cancellationToken), cancellationToken);
        Task<IReadOnlyList<IReadOnlyList<SummaryRow>>> addingBefore = Task.Run(() => SumsAsync(Of(month.AddMonths(-1)), cancellationToken), cancellationToken);
        Task<IReadOnlyList<RateUse>> reading = Task.Run(() => RatesAsync(Of(month), cancellationToken), cancellationToken);
        IReadOnlyList<string> months = await MonthList.ReadAsync(ledger.Store, cancellationToken);
        IReadOnlyList<QuarantinedRecord> open = (await ledger.Store.GetQuarantineAsync(new QuarantineQuery { PageSize = MostCounted }, cancellationToken)).Items;
        await Task.WhenAll(adding, addingBefore, reading);
        if (await adding is not [var currencies, var categories, var parties, var days] || await addingBefore is not [var currenciesBefore, var categoriesBefore, var partiesBefore, _])
        {
            throw new InvalidOperationException("The store did not give a summary for each grouping.");
        }

        return new OverviewReply
        {
            Month = Word(month),
            Before = Word(month.AddMonths(-1)),
            ReportingCurrency = settings.ReportingCurrency.Code,
            Total = Sum(currencies),
            TotalBefore = Sum(currenciesBefore),
            Categories = Rows(categories, categoriesBefore),
            Parties = [.. Rows(parties, partiesBefore).Take(MostParties)],
            Days = [.. days.Select(row => new OverviewRow { Name = row.Group, Billed = row.Billed, Reporting = row.Reporting })],
            Currencies = Rows(currencies, currenciesBefore),
            Rates = await reading,
            Months = months,
            OpenQuarantine = open.Count,
            OpenPending = open.Count(row => row.Reason == QuarantineReason.Pending),
        };
    }

    private Task<IReadOnlyList<IReadOnlyList<SummaryRow>>> SumsAsync(RecordQuery query, CancellationToken cancellationToken) => ledger.Store.SummarizeAllAsync(s_groupings, query, cancellationToken).AsTask();

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
}
