using System.Text;
using Billing.Monthly;
using Billing.Settings;

namespace Billing;

/// <summary>Budgets by category and month. See docs/month.md.</summary>
public sealed class Budgets
{
    internal Budgets(IReadOnlyList<Budget> all, bool spendingIsNegative)
    {
        All = all;
        SpendingIsNegative = spendingIsNegative;
    }

    /// <summary>The budgets, in the order of the file.</summary>
    public IReadOnlyList<Budget> All { get; }

    /// <summary>Whether negative amounts are what is spent, as in the statement of an account. Default false: positive amounts are, as in invoices.</summary>
    public bool SpendingIsNegative { get; }

    /// <summary>Creates budgets in code.</summary>
    /// <param name="budgets">The budgets.</param>
    /// <param name="spendingIsNegative">Whether negative amounts are what is spent. Default false.</param>
    /// <exception cref="BillingConfigurationException">An amount or a share is not over zero, or two budgets are for the same category and month.</exception>
    public static Budgets Create(IEnumerable<Budget> budgets, bool spendingIsNegative = false)
    {
        Budget[] all = [.. budgets];
        foreach (Budget budget in all)
        {
            BillingConfigurationException.ThrowUnless(budget.Amount > 0m, nameof(Budget), nameof(Budget.Amount), budget.Amount, "an amount over zero");
            BillingConfigurationException.ThrowUnless(budget.Alerts.All(share => share > 0m), nameof(Budget), nameof(Budget.Alerts), string.Join(", ", budget.Alerts), "shares in percent over zero");
        }

        return all.GroupBy(budget => (budget.Category, budget.Month)).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new BillingConfigurationException($"There are two budgets for {twice.First().Name}, {(twice.Key.Month is { } month ? month.ToString() : "every month")}. Keep one of them.")
            : new Budgets([.. all.Select(budget => budget with { Alerts = [.. budget.Alerts.Order()] })], spendingIsNegative);
    }

    /// <summary>Reads a budgets file.</summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read or is not JSON, or a budget is wrong; the message names the file, the line and the reason.</exception>
    public static Budgets Load(string path) => BudgetsFile.Read(SettingsFile.ReadBytes(path), path);

    /// <summary>Reads budgets from JSON. Messages call it <paramref name="name"/>.</summary>
    /// <exception cref="BillingConfigurationException">As for <see cref="Load"/>.</exception>
    public static Budgets Parse(string json, string name = "budgets")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return BudgetsFile.Read(Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>Compares the report of a month with the budgets that hold for it. A pure function: of a closed month, give its closed report.</summary>
    /// <returns>The budgets that hold for the month, in their order.</returns>
    /// <exception cref="BillingException">A budget is in another currency than the report, or the report has several.</exception>
    public IReadOnlyList<BudgetStatus> Evaluate(MonthReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new BudgetEvaluation(this, report).Run();
    }

    /// <summary>Compares a month of a ledger, as it is now, with the budgets that hold for it.</summary>
    /// <param name="store">The ledger.</param>
    /// <param name="month">The month.</param>
    /// <param name="terms">How the month is reported; null for <see cref="MonthTerms.Default"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="BillingException">As for <see cref="Evaluate"/>.</exception>
    public async ValueTask<IReadOnlyList<BudgetStatus>> EvaluateAsync(IBillingStore store, BillingMonth month, MonthTerms? terms = null, CancellationToken cancellationToken = default) =>
        Evaluate(await MonthReport.CreateAsync(store, month, terms, cancellationToken).ConfigureAwait(false));

    /// <summary>The budgets.</summary>
    public override string ToString() => string.Join("; ", All);
}
