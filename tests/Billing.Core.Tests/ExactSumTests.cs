using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests;

public sealed class ExactSumTests
{
    private static readonly Gen<ExactSum> Any =
        from unscaled in Gen.Choose(int.MinValue, int.MaxValue)
        from factor in Gen.Choose(0, 40)
        from scale in Gen.Choose(0, 40)
        select ExactSum.From(unscaled * BigInteger.Pow(10, factor), scale);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("12.50", "12.5")]
    [InlineData("-12.50", "-12.5")]
    [InlineData("100", "100")]
    [InlineData("0.05", "0.05")]
    [InlineData("-0.05", "-0.05")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void An_amount_is_written_plainly_and_read_back(string amount, string text)
    {
        ExactSum sum = ExactSum.From(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(text, sum.ToString());
        Assert.Equal(sum, ExactSum.Parse(text));
        Assert.Equal(sum, ExactSum.Parse(amount));
        Assert.Equal(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), sum.ToDecimal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData(".-5")]
    [InlineData("1.-5")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("0x1")]
    [InlineData("\u0661")]
    public void What_is_no_plain_number_is_refused(string text) => Assert.Throws<FormatException>(() => ExactSum.Parse(text));

    [Fact]
    public void Sums_beyond_a_decimal_are_exact_and_say_so_when_asked_for_one()
    {
        ExactSum sum = ExactSum.From(decimal.MaxValue) + ExactSum.From(0.0000000000000000000000000001m);

        Assert.Equal("79228162514264337593543950335.0000000000000000000000000001", sum.ToString());
        Assert.Throws<OverflowException>(() => sum.ToDecimal());
        Assert.Throws<OverflowException>(() => (ExactSum.From(decimal.MaxValue) + ExactSum.From(1m)).ToDecimal());
        Assert.Equal(decimal.MaxValue, (sum - ExactSum.From(0.0000000000000000000000000001m)).ToDecimal());
    }

    [Fact]
    public void Ten_cents_ten_thousand_times_is_a_thousand()
    {
        ExactSum sum = ExactSum.Zero;
        for (int i = 0; i < 10_000; i++)
        {
            sum += ExactSum.From(0.10m);
        }

        Assert.Equal("1000", sum.ToString());
    }

    [Fact]
    public void Order_and_grouping_do_not_matter_and_taking_away_undoes_adding() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500), Prop.ForAll(Arb.From(Any), Arb.From(Any), Arb.From(Any), (a, b, c) =>
            a + b == b + a && (a + b) + c == a + (b + c) && a + b - b == a && (a - a).IsZero && a + ExactSum.Zero == a));

    [Fact]
    public void Equal_numbers_have_equal_hashes_and_one_text() =>
        Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500), Prop.ForAll(Arb.From(Any), Arb.From(Gen.Choose(0, 30)), (sum, zeros) =>
        {
            ExactSum same = sum + ExactSum.From(BigInteger.Zero, zeros);
            return same == sum && same.GetHashCode() == sum.GetHashCode() && same.ToString() == sum.ToString() && ExactSum.Parse(sum.ToString()) == sum;
        }));

    [Fact]
    public void Different_numbers_are_not_equal()
    {
        Assert.True(ExactSum.From(1.1m) != ExactSum.From(1.01m));
        Assert.True(ExactSum.From(1.1m) != ExactSum.From(-1.1m));
        Assert.False(ExactSum.From(1.1m).Equals("1.1"));
        Assert.False(ExactSum.From(0.01m).IsZero);
    }
}
