namespace Billing.Core.Tests.Currencies;

public sealed class ExchangeRateTests
{
    [Fact]
    public void Creating_a_rate_allocates_the_rate_and_nothing_else()
    {
        ExchangeRate rate = Create();
        long copies = Allocations.OfMany(() => rate = rate with { });
        Assert.Equal(copies, Allocations.OfMany(() => rate = Create()));
        Assert.Equal(0.75m, rate.Value);
    }

    [Theory]
    [InlineData(0, 1, "ECB", "ExchangeRate.Numerator is '0'. Use a number over zero.")]
    [InlineData(1, -2, "ECB", "ExchangeRate.Denominator is '-2'. Use a number over zero.")]
    [InlineData(1, 1, " ", "ExchangeRate.Source is ' '. Use who said so, such as ECB.")]
    public void What_is_no_rate_is_refused(int numerator, int denominator, string source, string because) =>
        Assert.Equal(because, Assert.Throws<BillingConfigurationException>(() => new ExchangeRate(Currency.Eur, Currency.Usd, numerator, null, source, denominator)).Message);

    private static ExchangeRate Create() => new(Currency.Eur, Currency.Usd, 0.75m, null, "ECB", 1m);
}
