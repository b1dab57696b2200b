using Billing.Console.Arguments;

namespace Billing.Console.Tests.Arguments;

public sealed class RatesArgumentTests
{
    private static readonly DateOnly s_date = new(2025, 6, 30);

    [Fact]
    public void Rates_on_the_command_line_are_quoted_in_the_reporting_currency()
    {
        IExchangeRates rates = RatesArgument.Parse("CAD=0.75,MXN=0.059", "EUR");
        Assert.True(rates.TryGetRate(Currency.Parse("MXN"), Currency.Eur, s_date, out ExchangeRate? rate));
        Assert.Equal("1 MXN = 0.059 EUR (--rates)", rate.ToString());
        Assert.False(rates.TryGetRate(Currency.Parse("MXN"), Currency.Usd, s_date, out _));
    }

    [Fact]
    public void A_file_says_its_own_quote()
    {
        IExchangeRates rates = RatesArgument.Parse(Repository.PathTo("samples", "data", "rates.json"), "EUR");
        Assert.True(rates.TryGetRate(Currency.Parse("CAD"), Currency.Usd, s_date, out ExchangeRate? rate));
        Assert.Equal("1 CAD = 0.75 USD (treasury)", rate.ToString());
    }

    [Fact]
    public void The_file_of_the_European_Central_Bank_is_named_behind_ecb()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        IExchangeRates rates = RatesArgument.Parse("ecb:" + SharedData.PathTo("ecb-eurofxref", "eurofxref-hist.zip"), "USD");
        Assert.True(rates.TryGetRate(Currency.Eur, Currency.Usd, new DateOnly(2025, 6, 29), out ExchangeRate? rate));
        Assert.Equal(new DateOnly(2025, 6, 27), rate.Date);
    }

    [Theory]
    [InlineData("rates.json")]
    [InlineData("ecb:")]
    [InlineData("ecb:nowhere.csv")]
    [InlineData("")]
    public void A_file_that_is_not_there_is_wrong_usage(string text) => Assert.Throws<UsageException>(() => RatesArgument.Parse(text, "USD"));

    [Theory]
    [InlineData("CAD=")]
    [InlineData("CAD=0")]
    [InlineData("ABC=1")]
    [InlineData("=")]
    public void Wrong_rates_are_a_wrong_configuration(string text) => Assert.Throws<BillingConfigurationException>(() => RatesArgument.Parse(text, "USD"));
}
