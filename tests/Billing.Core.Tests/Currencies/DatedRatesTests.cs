namespace Billing.Core.Tests.Currencies;

public sealed class DatedRatesTests
{
    private static readonly DateOnly s_friday = new(2025, 6, 27);
    private static readonly Currency s_cad = Currency.Parse("CAD");

    [Fact]
    public void A_rate_is_that_of_the_day_or_of_the_last_day_before_within_its_staleness()
    {
        DatedRates rates = DatedRates.Create([Rate(s_friday.AddDays(3), 0.74m), Rate(s_friday, 0.73m)], TimeSpan.FromDays(2));

        Assert.Equal(0.73m, Find(rates, s_friday)!.Value);
        Assert.Equal((0.73m, s_friday), (Find(rates, s_friday.AddDays(2))!.Value, Find(rates, s_friday.AddDays(2))!.Date!.Value));
        Assert.Equal(0.74m, Find(rates, s_friday.AddDays(3))!.Value);
        Assert.Null(Find(rates, s_friday.AddDays(6)));
        Assert.Null(Find(rates, s_friday.AddDays(-1)));
    }

    [Fact]
    public void The_opposite_pair_gives_the_exact_inverse_unless_it_is_given_itself()
    {
        DatedRates inverse = DatedRates.Create([Rate(s_friday, 3m)]);
        Assert.True(inverse.TryGetRate(Currency.Usd, s_cad, s_friday, out ExchangeRate? rate));
        Assert.Equal(("1/3", s_friday), (rate.ValueText, rate.Date!.Value));

        DatedRates both = DatedRates.Create([Rate(s_friday, 3m), new ExchangeRate(Currency.Usd, s_cad, 0.3m, s_friday, "bank")]);
        Assert.True(both.TryGetRate(Currency.Usd, s_cad, s_friday, out rate));
        Assert.Equal(0.3m, rate.Value);
    }

    [Fact]
    public void Another_pair_has_no_rate_and_nothing_is_one_but_a_currency_in_itself()
    {
        DatedRates rates = DatedRates.Create([Rate(s_friday, 0.73m)]);
        Assert.False(rates.TryGetRate(Currency.Eur, Currency.Usd, s_friday, out _));
        Assert.True(rates.TryGetRate(Currency.Eur, Currency.Eur, s_friday, out ExchangeRate? same));
        Assert.Equal((1m, "same currency"), (same.Value, same.Source));
        Assert.Equal(TimeSpan.FromDays(7), rates.MaxStaleness);
    }

    [Fact]
    public void Rates_that_contradict_themselves_are_refused()
    {
        Assert.Contains("has no date", Refused(new ExchangeRate(s_cad, Currency.Usd, 0.7m, null, "bank")), StringComparison.Ordinal);
        Assert.Contains("from a currency to itself", Refused(new ExchangeRate(s_cad, s_cad, 1m, s_friday, "bank")), StringComparison.Ordinal);
        Assert.Contains("are for the same day. Keep one of them.", Refused(Rate(s_friday, 0.7m), Rate(s_friday, 0.8m)), StringComparison.Ordinal);
        Assert.Contains("There is no exchange rate", Refused(), StringComparison.Ordinal);
        Assert.Throws<BillingConfigurationException>(() => DatedRates.Create([Rate(s_friday, 0.7m)], TimeSpan.FromHours(1)));
    }

    private static ExchangeRate Rate(DateOnly date, decimal rate) => new(s_cad, Currency.Usd, rate, date, "bank");

    private static ExchangeRate? Find(DatedRates rates, DateOnly date) => rates.TryGetRate(s_cad, Currency.Usd, date, out ExchangeRate? rate) ? rate : null;

    private static string Refused(params ExchangeRate[] rates) => Assert.Throws<BillingConfigurationException>(() => DatedRates.Create(rates)).Message;
}
