namespace Billing.Simulation.Tests.Schedules;

/// <summary>Adds up rows.</summary>
internal static class Totals
{
    public static ControlTotals Of(IEnumerable<(string Currency, decimal Amount)> rows)
    {
        (string Currency, decimal Amount)[] all = [.. rows];
        return new ControlTotals(all.Length, all
            .GroupBy(row => row.Currency, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Aggregate(ExactSum.Zero, (sum, row) => sum + ExactSum.From(row.Amount))));
    }

    public static ControlTotals Billed(IEnumerable<BillingRecord> records) => Of(records.Select(record => (record.Amount.Currency.Code, record.Amount.Amount)));

    public static ControlTotals Reporting(IEnumerable<BillingRecord> records) => Of(records.Select(record => (record.ReportingAmount.Currency.Code, record.ReportingAmount.Amount)));
}
