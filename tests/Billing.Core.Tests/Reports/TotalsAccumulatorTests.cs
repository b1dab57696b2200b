using System.Numerics;
using Billing.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Reports;

public sealed class TotalsAccumulatorTests
{
    private static readonly Gen<decimal> Extreme = Gen.OneOf(
        Gen.Elements(decimal.MaxValue, decimal.MinValue, 0m, -0.00m, 7.9228162514264337593543950335m, -0.0000000000000000000000000001m, 12.50m),
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Choose(int.MinValue, int.MaxValue)
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from negative in Gen.Elements(true, false)
        from scale in Gen.Choose(0, 28)
        select new decimal(low, middle, high, negative, (byte)scale));

    [Fact]
    public void Totals_are_the_exact_sums_by_currency()
    {
        Gen<(string, decimal)[]> rows = (from code in Gen.Elements("USD", "USD", "EUR", "JPY", "", "usd") from amount in Extreme select (code, amount)).ArrayOf();
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500), Prop.ForAll(Arb.From(rows), amounts =>
        {
            TotalsAccumulator accumulator = new();
            foreach ((string code, decimal amount) in amounts)
            {
                // A code that is equal but another object, as a parser may give it.
                accumulator.AddRow(new string(code), amount);
            }

            ControlTotals totals = accumulator.ToControlTotals();
            return totals.Rows == amounts.Length
                && amounts.GroupBy(row => row.Item1).All(group => totals[group.Key] == SumOf(group.Select(row => row.Item2)))
                && totals.Money.Keys.ToHashSet().SetEquals(amounts.Select(row => row.Item1));
        }));
    }

    [Fact]
    public void A_row_without_an_amount_counts_as_a_row_only()
    {
        TotalsAccumulator accumulator = new();
        accumulator.AddRow();
        accumulator.AddRow("USD", 12.50m);
        accumulator.AddRow();

        ControlTotals totals = accumulator.ToControlTotals();

        Assert.Equal(3, totals.Rows);
        Assert.Equal("12.5", Assert.Single(totals.Money).Value.ToString());
    }

    [Fact]
    public void Totals_that_were_taken_do_not_move_when_more_is_added()
    {
        TotalsAccumulator accumulator = new();
        accumulator.AddRow("USD", 1m);
        ControlTotals taken = accumulator.ToControlTotals();

        accumulator.AddRow("USD", 1m);

        Assert.Equal(ExactSum.From(1m), taken["USD"]);
        Assert.Equal(1, taken.Rows);
        Assert.Equal(ExactSum.From(2m), accumulator.ToControlTotals()["USD"]);
    }

    [Fact]
    public void Nothing_added_is_zero() => Assert.Equal(ControlTotals.Zero, new TotalsAccumulator().ToControlTotals());

    // In units of 10^-28, with nothing of the code under test.
    private static ExactSum SumOf(IEnumerable<decimal> amounts)
    {
        BigInteger sum = BigInteger.Zero;
        foreach (decimal amount in amounts)
        {
            int[] bits = decimal.GetBits(amount);
            BigInteger unscaled = new([.. bits.Take(3).SelectMany(BitConverter.GetBytes), 0]);
            sum += (decimal.IsNegative(amount) ? -unscaled : unscaled) * BigInteger.Pow(10, 28 - amount.Scale);
        }

        return ExactSum.From(sum, 28);
    }
}
