using System.Numerics;
using Billing.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Reports;

public sealed class CurrencySumTests
{
    [Fact]
    public void Sums_beyond_128_bits_are_carried_over_exactly()
    {
        Gen<Int128> large =
            from high in Gen.Elements(long.MaxValue, long.MinValue, long.MaxValue / 2, long.MinValue / 2, -1L, 0L)
            from low in Gen.Elements(ulong.MaxValue, 0UL, 1UL)
            select new Int128((ulong)high, low);
        Gen<(Int128, int)[]> additions = (from unscaled in large from scale in Gen.Elements(0, 2, 28) select (unscaled, scale)).ArrayOf();
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(1000), Prop.ForAll(Arb.From(additions), values =>
        {
            CurrencySum sum = new();
            BigInteger expected = BigInteger.Zero;
            foreach ((Int128 unscaled, int scale) in values)
            {
                sum.Add(unscaled, scale);
                expected += (BigInteger)unscaled * BigInteger.Pow(10, 28 - scale);
            }

            return sum.ToExactSum() == ExactSum.From(expected, 28);
        }));
    }

    [Fact]
    public void The_largest_decimal_added_over_and_over_is_a_product()
    {
        CurrencySum sum = new();
        for (int i = 0; i < 1000; i++)
        {
            sum.Add(decimal.MaxValue);
        }

        Assert.Equal("79228162514264337593543950335000", sum.ToExactSum().ToString());
    }
}
