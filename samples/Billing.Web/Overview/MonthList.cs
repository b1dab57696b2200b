using System.Globalization;

namespace Billing.Web.Overview;

/// <summary>The months that have records, newest first.</summary>
internal static class MonthList
{
    // Ten years. Records of more months are grouped by the store, which reads all of them.
    private const int MostSteps = 120;

    // From month to month: the first record of each is found by the order of dates.
    public static async Task<IReadOnlyList<string>> ReadAsync(IBillingStore store, CancellationToken cancellationToken)
    {
        List<string> months = [];
        DateOnly? from = DateOnly.MinValue;
        for (int step = 0; step < MostSteps; step++)
        {
            if (from is null || (await store.QueryAsync(new RecordQuery { From = from, PageSize = 1 }, cancellationToken)).Items is not [{ Date: var date }])
            {
                months.Reverse();
                return months;
            }

            months.Add(date.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            from = NextMonth(date);
        }

        return [.. (await store.SummarizeAsync(SummaryBy.Month, new RecordQuery(), cancellationToken)).Select(row => row.Group).Reverse()];
    }

    private static DateOnly? NextMonth(DateOnly date) => date is { Year: 9999, Month: 12 } ? null : new DateOnly(date.Year, date.Month, 1).AddMonths(1);
}
