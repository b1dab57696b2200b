namespace Billing.Core.Tests.Monthly;

public sealed class BudgetTests
{
    private static readonly BillingMonth s_june = new(2025, 6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_share_is_reached_by_the_first_record_in_order_with_which_the_sum_comes_to_it()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Random random = new(seed);
            BillingRecord[] records = [.. Enumerable.Range(0, 40).Select(i => Some.Record($"{seed}-{i}", amount: random.Next(-2_000, 9_000) / 100m, date: new DateOnly(2025, 6, random.Next(1, 30)), category: random.Next(3) == 0 ? null : $"C{random.Next(2)}"))];
            Budgets budgets = Budgets.Create(
            [
                new Budget { Category = "C0", Amount = random.Next(100, 60_000) / 100m, Alerts = [100m, 33.3m, 80m] },
                new Budget { Category = "", Amount = random.Next(100, 60_000) / 100m },
                new Budget { Amount = random.Next(100, 200_000) / 100m },
            ]);
            IReadOnlyList<BudgetStatus> statuses = await budgets.EvaluateAsync(await LedgerAsync(records), s_june, cancellationToken: Cancellation);
            Assert.Equal(["C0", "", null], statuses.Select(status => status.Budget.Category));
            foreach (BudgetStatus status in statuses)
            {
                BillingRecord[] own = [.. records.Where(record => status.Budget.Category is null || (record.Category ?? "") == status.Budget.Category).OrderBy(record => record.Date).ThenBy(record => record.Key)];
                decimal spent = own.Sum(record => record.Amount.Amount);
                Assert.Equal((own.Length, ExactSum.From(spent), ExactSum.From(status.Budget.Amount - spent)), (status.Rows, status.Spent, status.Remaining));
                Assert.Equal(ExactSum.From(Math.Round(spent * 100 / status.Budget.Amount, 2)), status.Percent);
                Assert.Equal(status.Budget.Alerts.Order(), status.Alerts.Select(alert => alert.Percent));
                foreach (BudgetAlert alert in status.Alerts)
                {
                    decimal threshold = status.Budget.Amount * alert.Percent / 100;
                    Assert.Equal((ExactSum.From(threshold), spent >= threshold), (alert.Threshold, alert.IsReached));
                    decimal sum = 0;
                    Assert.Equal(own.FirstOrDefault(record => (sum += record.Amount.Amount) >= threshold)?.Key, alert.CrossedBy?.Record.Key);
                }
            }
        }
    }

    [Fact]
    public async Task A_budget_of_the_month_stands_before_one_of_every_month_and_spending_may_be_negative()
    {
        Budgets budgets = Budgets.Parse("""
            { "spending": "negative", // as in the statement of an account
              "budgets": [
                { "category": "Food", "amount": 100 },
                { "category": "Food", "month": "2025-06", "amount": "40.50", "currency": "USD", "alerts": [ 50, 100.0, ] },
                { "category": "Travel", "month": "2025-07", "amount": 10 },
              ] }
            """);
        MemorySink ledger = await LedgerAsync(Some.Record("1", amount: -20.25m, category: "Food"), Some.Record("2", amount: 3m, category: "Food", date: new DateOnly(2025, 6, 20)));
        BudgetStatus status = Assert.Single(await budgets.EvaluateAsync(ledger, s_june, cancellationToken: Cancellation));
        Assert.Equal("Food, 2025-06: 17.25 of 40.50 USD, 42.59 %", status.ToString());
        Assert.Equal((Some.Key("1"), false), (status.Alerts[0].CrossedBy!.Record.Key, status.Alerts[0].IsReached));
        Assert.Null(status.Alerts[1].CrossedBy);
        Assert.Equal(["Food, 2025-07: 0 of 100 USD, 0 %", "Travel, 2025-07: 0 of 10 USD, 0 %"], (await budgets.EvaluateAsync(ledger, new BillingMonth(2025, 7), cancellationToken: Cancellation)).Select(one => one.ToString()));
    }

    [Fact]
    public async Task A_budget_in_another_currency_than_the_ledger_is_refused()
    {
        MemorySink ledger = await LedgerAsync(Some.Record("1"));
        BillingException e = await Assert.ThrowsAsync<BillingException>(async () => await Budgets.Create([new Budget { Amount = 1m, Currency = "EUR" }]).EvaluateAsync(ledger, s_june, cancellationToken: Cancellation));
        Assert.Equal("The budget all, every month: 1 EUR is in EUR, but the ledger states its amounts in USD. State the budget in USD.", e.Message);
    }

    [Theory]
    [InlineData("[]", 1, "The list 'budgets' is missing.")]
    [InlineData("{ \"budgets\": [],\n \"x\": 1 }", 2, "'x' is not known here.")]
    [InlineData("{ \"budgets\": [\n 7 ] }", 2, "A budget must be an object, not the number 7.")]
    [InlineData("{ \"budgets\": [\n { \"category\": \"a\" } ] }", 2, "It has no amount.")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 0 } ] }", 2, "'amount' must be an amount over zero of at most 28 digits, such as 500 or \"499.90\", not the number 0.")]
    [InlineData("{ \"budgets\": [\n { \"amount\": \"12,5\" } ] }", 2, "'amount' must be an amount over zero")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1, \"month\": \"June\" } ] }", 2, "'month' must be a month such as \"2025-06\", not the text \"June\".")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1, \"currency\": \"EURO\" } ] }", 2, "'currency' must be a code of ISO 4217")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1, \"alerts\": 80 } ] }", 2, "'alerts' must be a list of shares in percent")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1, \"alerts\": [80,\n 80.0] } ] }", 3, "The share 80.0 is in 'alerts' twice.")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1, \"alerts\": [-80] } ] }", 2, "'alerts' must be shares in percent over zero")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1, \"categorie\": \"a\" } ] }", 2, "'categorie' is not known in a budget. Use category, month, amount, currency or alerts.")]
    [InlineData("{ \"budgets\": [\n { \"amount\": 1 },\n { \"amount\": 2 } ] }", 3, "There is a budget for all, every month above already.")]
    [InlineData("{ \"budgets\": [], \"spending\":\n \"debit\" }", 2, "'spending' must be \"positive\"")]
    public void What_is_wrong_in_a_file_is_named_with_line_and_reason(string json, int line, string reason)
    {
        BillingConfigurationException e = Assert.Throws<BillingConfigurationException>(() => Budgets.Parse(json, "budgets.json"));
        Assert.Contains(FormattableString.Invariant($"budgets.json({line}): "), e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Budgets_in_code_are_checked_too()
    {
        Assert.Throws<BillingConfigurationException>(() => Budgets.Create([new Budget { Amount = 0m }]));
        Assert.Throws<BillingConfigurationException>(() => Budgets.Create([new Budget { Amount = 1m, Alerts = [0m] }]));
        Assert.Throws<BillingConfigurationException>(() => Budgets.Create([new Budget { Amount = 1m }, new Budget { Amount = 2m }]));
    }

    private static async Task<MemorySink> LedgerAsync(params BillingRecord[] records)
    {
        MemorySink ledger = new();
        await ledger.WriteAsync(records, Cancellation);
        return ledger;
    }
}
