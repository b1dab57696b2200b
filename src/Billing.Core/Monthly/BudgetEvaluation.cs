namespace Billing.Monthly;

/// <summary>Adds up what is spent of budgets, line by line in order.</summary>
internal sealed class BudgetEvaluation(Budgets budgets, MonthReport report)
{
    private const int PercentDecimals = 2;

    public IReadOnlyList<BudgetStatus> Run()
    {
        // A budget of the month itself stands before one of every month.
        HashSet<string?> own = [.. budgets.All.Where(budget => budget.Month == report.Month).Select(budget => budget.Category)];
        return
        [
            .. budgets.All
                .Where(budget => budget.Month == report.Month || (budget.Month is null && !own.Contains(budget.Category)))
                .Select(StatusOf),
        ];
    }

    private BudgetStatus StatusOf(Budget budget)
    {
        if (report.ReportingCurrency is null && report.Reporting.Money.Count > 1)
        {
            throw new BillingException($"The records of {report.Month} are stated in several currencies ({string.Join(", ", report.Reporting.Money.Keys)}), and a budget is in one. State them in one: billing restate.");
        }

        if (budget.Currency is { } stated && report.ReportingCurrency is { } code && stated != code)
        {
            throw new BillingException($"The budget {budget} is in {stated}, but the ledger states its amounts in {code}. State the budget in {code}.");
        }

        ExactSum[] thresholds = [.. budget.Alerts.Select(share => ExactSum.Product(budget.Amount, share).Hundredth())];
        MonthLine?[] crossedBy = new MonthLine?[thresholds.Length];
        ExactSum spent = ExactSum.Zero;
        long rows = 0;
        foreach (MonthLine line in report.Lines)
        {
            if (budget.Category is not null && (line.Record.Category ?? "") != budget.Category)
            {
                continue;
            }

            rows++;
            ExactSum amount = ExactSum.From(line.Record.ReportingAmount.Amount);
            spent = budgets.SpendingIsNegative ? spent - amount : spent + amount;
            for (int i = 0; i < thresholds.Length; i++)
            {
                if (crossedBy[i] is null && (spent - thresholds[i]).Sign >= 0)
                {
                    crossedBy[i] = line;
                }
            }
        }

        return new BudgetStatus
        {
            Budget = budget,
            Month = report.Month,
            Currency = report.ReportingCurrency ?? budget.Currency,
            Rows = rows,
            Spent = spent,
            Remaining = ExactSum.From(budget.Amount) - spent,
            Percent = spent.Times(100m).Over(ExactSum.From(budget.Amount), PercentDecimals),
            Alerts = [.. budget.Alerts.Select((share, i) => new BudgetAlert(share, thresholds[i], (spent - thresholds[i]).Sign >= 0, crossedBy[i]))],
        };
    }
}
