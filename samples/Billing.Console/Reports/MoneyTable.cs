using Billing.Console.Views;

namespace Billing.Console.Reports;

/// <summary>Money by currency and outcome.</summary>
internal static class MoneyTable
{
    /// <summary>A table whose columns are what was read, and each outcome.</summary>
    /// <param name="last">The outcome of what is neither stored nor known.</param>
    public static Table Create(string last) => new(
        new("Money"),
        new("Read", ColumnKind.Money),
        new("Stored", ColumnKind.Money),
        new("Duplicate", ColumnKind.Money),
        new("Conflict", ColumnKind.Money),
        new(last, ColumnKind.Money));
}
