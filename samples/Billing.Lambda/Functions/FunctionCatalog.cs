using Billing.Lambda.Runtime;

namespace Billing.Lambda.Functions;

/// <summary>The functions by the name of their handler.</summary>
internal static class FunctionCatalog
{
    private static readonly Dictionary<string, Func<FunctionServices, CancellationToken, Task<IFunction>>> s_functions = new(StringComparer.Ordinal)
    {
        ["billing-csv"] = BillingCsvFunction.StartAsync,
        ["billing-csv-shard"] = BillingCsvShardFunction.StartAsync,
        ["receipts"] = ReceiptsFunction.StartAsync,
        ["receipts-api"] = ReceiptsApiFunction.StartAsync,
        ["transactions"] = TransactionsFunction.StartAsync,
        ["transactions-api"] = TransactionsApiFunction.StartAsync,
        ["payments"] = PaymentsFunction.StartAsync,
        ["log-expense"] = LogExpenseFunction.StartAsync,
        ["expenses-api"] = ExpensesApiFunction.StartAsync,
        ["monthly-report"] = MonthlyReportFunction.StartAsync,
        ["backup"] = BackupFunction.StartAsync,
        ["alerts"] = AlertsFunction.StartAsync,
        ["database"] = DatabaseFunction.StartAsync,
    };

    /// <summary>Starts a function.</summary>
    /// <exception cref="NoSuchFunctionException">There is no function with this name.</exception>
    /// <exception cref="BillingConfigurationException">A setting is missing or invalid.</exception>
    public static Task<IFunction> StartAsync(string name, FunctionServices services, CancellationToken cancellationToken) =>
        s_functions.TryGetValue(name, out Func<FunctionServices, CancellationToken, Task<IFunction>>? start)
            ? start(services, cancellationToken)
            : throw new NoSuchFunctionException($"The handler '{name}' is not a function. Use one of {string.Join(", ", s_functions.Keys)}.");
}
