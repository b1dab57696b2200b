using System.Globalization;
using System.Numerics;
using Billing.Currencies;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Currencies;

public sealed class CurrencyConverterTests
{
    private static readonly Currency Cad = Currency.Parse("CAD");

    [Theory]
    [InlineData("100.00", "75.00")]
    [InlineData("0.02", "0.02")]
    [InlineData("0.004", "0.00300")]
    public void A_rate_converts_an_amount_to_the_minor_units_of_its_currency(string amount, string expected)
    {
        ExchangeRate rate = new(Cad, Currency.Usd, 0.75m, null, "fixed");
        Assert.True(rate.TryConvert(new Money(Number(amount), Cad), out Money converted));
        Assert.Equal(new Money(Number(expected), Currency.Usd), converted);
    }

    [Fact]
    public void A_rate_takes_amounts_in_its_own_currency_only_and_says_what_it_cannot_hold()
    {
        Assert.Throws<ArgumentException>(() => new ExchangeRate(Cad, Currency.Usd, 0.75m, null, "fixed").TryConvert(new Money(1m, Currency.Usd), out _));
        Assert.False(new ExchangeRate(Cad, Currency.Parse("XAU"), 0.75m, null, "fixed").TryConvert(new Money(1m, Cad), out _));
        Assert.False(new ExchangeRate(Cad, Currency.Usd, decimal.MaxValue, null, "fixed").TryConvert(new Money(1000m, Cad), out _));
    }

    [Theory]
    [InlineData("100", "0.75", "1", 2, "75.00")]
    [InlineData("12.50", "0.059", "1", 2, "0.74")]
    [InlineData("-12.50", "0.059", "1", 2, "-0.74")]
    [InlineData("0.00", "0.75", "1", 2, "0.00")]
    [InlineData("-0.001", "0.75", "1", 2, "0.00")]
    [InlineData("10", "1", "3", 4, "3.3333")]
    [InlineData("20", "1", "3", 0, "7")]
    // 100 GBP of 2026-04-13 in USD: 100 x 1.1684 / 0.87058 = 134.2094...
    [InlineData("100.00", "1.1684", "0.87058", 2, "134.21")]
    [InlineData("99999999999999.99", "1", "1", 2, "99999999999999.99")]
    [InlineData("7922816251426433759354395033", "1", "7922816251426433759354395033", 2, "1.00")]
    [InlineData("0.0000000000000000000000000001", "79228162514264337593543950335", "1", 3, "7.923")]
    [InlineData("99999999999999999999999999.99", "1", "1", 2, "99999999999999999999999999.99")]
    public void Amounts_are_multiplied_exactly_and_rounded_once(string amount, string numerator, string denominator, int decimals, string expected)
    {
        Assert.True(CurrencyConverter.TryConvert(Number(amount), Rate(numerator, denominator), decimals, MidpointRounding.ToEven, out decimal converted));
        // As text: the scale is part of it.
        Assert.Equal(expected, converted.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2.5", "2", "3", "2", "2", "3")]
    [InlineData("3.5", "4", "4", "3", "3", "4")]
    [InlineData("-2.5", "-2", "-3", "-2", "-3", "-2")]
    [InlineData("-3.5", "-4", "-4", "-3", "-4", "-3")]
    [InlineData("2.4", "2", "2", "2", "2", "3")]
    [InlineData("-2.6", "-3", "-3", "-2", "-3", "-2")]
    [InlineData("2.0", "2", "2", "2", "2", "2")]
    [InlineData("2.50000000000000000000000001", "3", "3", "2", "2", "3")]
    public void Every_rounding_mode_does_what_its_name_says(string amount, string toEven, string awayFromZero, string toZero, string down, string up)
    {
        Assert.Equal(toEven, Convert(MidpointRounding.ToEven));
        Assert.Equal(awayFromZero, Convert(MidpointRounding.AwayFromZero));
        Assert.Equal(toZero, Convert(MidpointRounding.ToZero));
        Assert.Equal(down, Convert(MidpointRounding.ToNegativeInfinity));
        Assert.Equal(up, Convert(MidpointRounding.ToPositiveInfinity));

        string Convert(MidpointRounding rounding)
        {
            Assert.True(CurrencyConverter.TryConvert(Number(amount), Rate("1", "1"), 0, rounding, out decimal converted));
            return converted.ToString(CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public void The_product_is_not_rounded_before_the_quotient()
    {
        // 0.335 x 3 / 3 is a half; rounding anything before the end would lose it.
        Assert.True(CurrencyConverter.TryConvert(0.335m, Rate("3", "3"), 2, MidpointRounding.ToEven, out decimal converted));
        Assert.Equal(0.34m, converted);
        // 1/3 as a decimal of 28 digits times 3 is not 1.
        Assert.True(CurrencyConverter.TryConvert(3m, Rate("1", "3"), 4, MidpointRounding.ToZero, out converted));
        Assert.Equal(1m, converted);
    }

    [Theory]
    [InlineData("99999999999999999999999999.99", "10", "1", 2)]
    [InlineData("100000000000000000000000000", "1", "1", 2)]
    [InlineData("79228162514264337593543950335", "1", "1", 0)]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335", "0.0000000000000000000000000001", 28)]
    [InlineData("99999999999999999999999999.995", "1", "1", 2)]
    [InlineData("-10000000000000000000000000000", "1", "1", 0)]
    public void A_result_of_more_than_28_digits_is_refused_not_cut(string amount, string numerator, string denominator, int decimals)
    {
        Assert.False(CurrencyConverter.TryConvert(Number(amount), Rate(numerator, denominator), decimals, MidpointRounding.ToEven, out decimal converted));
        Assert.Equal(0m, converted);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(29)]
    public void Decimals_that_no_amount_can_have_are_refused(int decimals) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CurrencyConverter.TryConvert(1m, Rate("1", "1"), decimals, MidpointRounding.ToEven, out _));

    [Fact]
    public void It_equals_exact_fractions_for_any_amount_rate_and_rounding()
    {
        Arbitrary<(decimal Amount, decimal Numerator, decimal Denominator, int Decimals)> cases =
            (from amount in AnyDecimal
             from negative in Gen.Elements(true, false)
             from numerator in AnyDecimal.Where(value => value > 0m)
             from denominator in Gen.Frequency((1, Gen.Constant(1m)), (2, AnyDecimal.Where(value => value > 0m)))
             from decimals in Gen.Frequency((4, Gen.Choose(0, 4)), (1, Gen.Choose(0, 28)))
             select (negative ? -amount : amount, numerator, denominator, decimals)).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000), Prop.ForAll(cases, it => EqualsReference(it.Amount, it.Numerator, it.Denominator, it.Decimals)));
    }

    [Fact]
    public void It_equals_exact_fractions_in_half_cases()
    {
        // amount = (2k + 1) / 2 units of the last decimal, spread over numerator and denominator.
        Arbitrary<(decimal Amount, decimal Numerator, decimal Denominator, int Decimals)> cases =
            (from k in Gen.Choose(-1_000_000, 1_000_000)
             from decimals in Gen.Choose(0, 4)
             from factor in Gen.Choose(1, 100_000)
             // Zeros at the end of the amount, so that also numbers of more than 128 bits meet the half.
             from zeros in Gen.Elements(1m, 1.00000000000000000000m)
             from wide in Gen.Elements(1m, 1_000_000_000_000_000_000_000m)
             select (((2m * k) + 1m) / Power(decimals) * zeros, factor * wide, 2m * factor * wide, decimals)).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(cases, it => EqualsReference(it.Amount, it.Numerator, it.Denominator, it.Decimals)));
    }

    [Fact]
    public void Usual_conversions_allocate_nothing()
    {
        ExchangeRate rate = Rate("1.1684", "0.87058");
        bool same = true;
        Assert.Equal(0, Allocations.OfMany(() => same &= CurrencyConverter.TryConvert(123_456_789.12345678901m, rate, 2, MidpointRounding.ToEven, out _)));
        Assert.True(same);
    }

    private static Gen<decimal> AnyDecimal =>
        Gen.Frequency(
            (3, from units in Gen.Choose(0, int.MaxValue) from scale in Gen.Choose(0, 6) select new decimal(units, 0, 0, false, (byte)scale)),
            (2, from low in Gen.Choose(int.MinValue, int.MaxValue) from mid in Gen.Choose(0, 100_000) from scale in Gen.Choose(0, 11) select new decimal(low, mid, 0, false, (byte)scale)),
            (1, from low in Gen.Choose(int.MinValue, int.MaxValue) from mid in Gen.Choose(int.MinValue, int.MaxValue) from high in Gen.Choose(int.MinValue, int.MaxValue) from scale in Gen.Choose(0, 28) select new decimal(low, mid, high, false, (byte)scale)));

    private static bool EqualsReference(decimal amount, decimal numerator, decimal denominator, int decimals)
    {
        ExchangeRate rate = new(Cad, Currency.Usd, numerator, null, "test", denominator);
        return Enum.GetValues<MidpointRounding>().All(rounding =>
        {
            BigInteger expected = Reference(amount, numerator, denominator, decimals, rounding);
            bool fits = BigInteger.Abs(expected) < BigInteger.Pow(10, 28);
            return CurrencyConverter.TryConvert(amount, rate, decimals, rounding, out decimal converted) == fits
                && (!fits || (converted.Scale == decimals && Mantissa(converted) == expected));
        });
    }

    /// <summary>The result in units of its last decimal, by floor division of whole numbers only.</summary>
    private static BigInteger Reference(decimal amount, decimal numerator, decimal denominator, int decimals, MidpointRounding rounding)
    {
        BigInteger top = Mantissa(amount) * Mantissa(numerator) * BigInteger.Pow(10, denominator.Scale + decimals);
        BigInteger bottom = Mantissa(denominator) * BigInteger.Pow(10, amount.Scale + numerator.Scale);
        BigInteger floor = (top - (((top % bottom) + bottom) % bottom)) / bottom;
        BigInteger twiceRest = 2 * (top - (floor * bottom));
        if (twiceRest.IsZero)
        {
            return floor;
        }

        bool up = rounding switch
        {
            MidpointRounding.ToNegativeInfinity => false,
            MidpointRounding.ToPositiveInfinity => true,
            MidpointRounding.ToZero => top.Sign < 0,
            MidpointRounding.ToEven => twiceRest > bottom || (twiceRest == bottom && !floor.IsEven),
            _ => twiceRest > bottom || (twiceRest == bottom && top.Sign > 0),
        };
        return up ? floor + 1 : floor;
    }

    private static BigInteger Mantissa(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger magnitude = ((BigInteger)(uint)bits[2] << 64) + ((BigInteger)(uint)bits[1] << 32) + (uint)bits[0];
        return value < 0m ? -magnitude : magnitude;
    }

    private static decimal Power(int exponent) => exponent == 0 ? 1m : 10m * Power(exponent - 1);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static ExchangeRate Rate(string numerator, string denominator) => new(Cad, Currency.Usd, Number(numerator), null, "test", Number(denominator));
}
