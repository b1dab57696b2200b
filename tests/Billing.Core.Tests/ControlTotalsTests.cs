namespace Billing.Core.Tests;

public sealed class ControlTotalsTests
{
    [Fact]
    public void Money_is_ordered_by_code_and_what_is_not_there_is_zero()
    {
        ControlTotals totals = Totals(3, ("USD", 12.50m), ("", 1m), ("CAD", -2m));

        Assert.Equal(["", "CAD", "USD"], totals.Money.Keys);
        Assert.Equal(ExactSum.From(12.5m), totals["USD"]);
        Assert.True(totals["JPY"].IsZero);
    }

    [Fact]
    public void Totals_are_equal_when_rows_and_every_sum_are()
    {
        Assert.Equal(Totals(1, ("USD", 12.50m)), Totals(1, ("USD", 12.5m)));
        Assert.Equal(Totals(1, ("USD", 1m), ("CAD", 0.00m)), Totals(1, ("USD", 1m)));
        Assert.Equal(Totals(1, ("USD", 1m)).GetHashCode(), Totals(1, ("USD", 1.0m), ("CAD", 0m)).GetHashCode());
        Assert.NotEqual(Totals(1, ("USD", 1m)), Totals(2, ("USD", 1m)));
        Assert.NotEqual(Totals(1, ("USD", 1m)), Totals(1, ("USD", 1.01m)));
        Assert.NotEqual(Totals(1, ("USD", 1m)), Totals(1, ("CAD", 1m)));
        Assert.NotEqual(Totals(1, ("USD", 1m)), Totals(1, ("USD", 1m), ("CAD", 1m)));
        Assert.False(Totals(0).Equals(null));
    }

    [Fact]
    public void Adding_adds_rows_and_each_currency_and_changes_neither()
    {
        ControlTotals left = Totals(2, ("USD", 12.50m), ("CAD", 1m));
        ControlTotals right = Totals(3, ("USD", -2.25m), ("JPY", 100m));

        Assert.Equal(Totals(5, ("USD", 10.25m), ("CAD", 1m), ("JPY", 100m)), left + right);
        Assert.Equal(left + right, right + left);
        Assert.Equal(left, left + ControlTotals.Zero);
        Assert.Equal(Totals(2, ("USD", 12.50m), ("CAD", 1m)), left);
    }

    [Fact]
    public void What_is_done_to_the_dictionary_afterwards_does_not_matter()
    {
        Dictionary<string, ExactSum> money = new() { ["USD"] = ExactSum.From(1m) };
        ControlTotals totals = new(1, money);

        money["USD"] = ExactSum.From(2m);

        Assert.Equal(ExactSum.From(1m), totals["USD"]);
    }

    private static ControlTotals Totals(long rows, params (string Code, decimal Amount)[] money) =>
        new(rows, money.ToDictionary(sum => sum.Code, sum => ExactSum.From(sum.Amount)));
}
