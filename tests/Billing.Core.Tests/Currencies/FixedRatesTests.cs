namespace Billing.Core.Tests.Currencies;

public sealed class FixedRatesTests
{
    private static readonly DateOnly Day = new(2025, 6, 17);

    [Fact]
    public void Rates_in_text_are_units_of_the_quote()
    {
        FixedRates rates = FixedRates.Parse(" CAD = 0.75 ,mxn=0.059");

        ExchangeRate cad = Rate(rates, "CAD", "USD");
        Assert.Equal((0.75m, 1m, null, "fixed"), (cad.Numerator, cad.Denominator, cad.Date, cad.Source));
        Assert.Equal("0.059", Rate(rates, "MXN", "USD").ValueText);
    }

    [Fact]
    public void Rates_in_code_are_units_of_the_quote()
    {
        FixedRates rates = FixedRates.Create(new Dictionary<string, decimal> { [" gbp "] = 1.17m, ["USD"] = 0.86m }, "eur", "treasury");

        ExchangeRate gbp = Rate(rates, "GBP", "EUR");
        Assert.Equal(("1.17", "treasury"), (gbp.ValueText, gbp.Source));
    }

    [Fact]
    public void The_quote_itself_may_be_listed_at_1()
    {
        FixedRates rates = FixedRates.Parse("USD=1, CAD=0.75, MXN=0.059");

        Assert.Equal("0.75", Rate(rates, "CAD", "USD").ValueText);
        Assert.Equal("1", Rate(rates, "USD", "USD").ValueText);
    }

    [Fact]
    public void A_currency_to_itself_is_1_and_says_why()
    {
        ExchangeRate same = Rate(FixedRates.Parse("CAD=0.75"), "JPY", "JPY");

        Assert.Equal((1m, 1m, "same currency"), (same.Numerator, same.Denominator, same.Source));
    }

    [Fact]
    public void The_inverse_and_the_cross_rate_keep_the_numbers_of_the_table()
    {
        FixedRates rates = FixedRates.Parse("CAD=0.75, MXN=0.059");

        Assert.Equal("1/0.75", Rate(rates, "USD", "CAD").ValueText);
        Assert.Equal("0.059/0.75", Rate(rates, "MXN", "CAD").ValueText);
        Assert.Equal("0.75/0.059", Rate(rates, "CAD", "MXN").ValueText);
    }

    [Fact]
    public void Pairs_with_one_base_cross_through_it()
    {
        FixedRates rates = Csv("base,quote,rate\nEUR,USD,1.17\nEUR,GBP,0.87");

        ExchangeRate rate = Rate(rates, "GBP", "USD");
        Assert.Equal("1.17/0.87", rate.ValueText);
    }

    [Fact]
    public void A_given_pair_wins_over_its_inverse_and_over_a_cross_rate()
    {
        FixedRates rates = Csv("base,quote,rate\nCAD,USD,0.75\nUSD,CAD,1.40\nMXN,USD,0.059\nCAD,MXN,12");

        Assert.Equal("0.75", Rate(rates, "CAD", "USD").ValueText);
        Assert.Equal("1.40", Rate(rates, "USD", "CAD").ValueText);
        Assert.Equal("12", Rate(rates, "CAD", "MXN").ValueText);
        Assert.Equal("1/12", Rate(rates, "MXN", "CAD").ValueText);
    }

    [Fact]
    public void Where_a_cross_rate_has_two_ways_there_is_none()
    {
        FixedRates rates = Csv("base,quote,rate\nCAD,USD,0.75\nMXN,USD,0.059\nCAD,EUR,0.62\nMXN,EUR,0.05");

        Assert.False(rates.TryGetRate(Currency.Parse("CAD"), Currency.Parse("MXN"), Day, out ExchangeRate? rate));
        Assert.Null(rate);
    }

    [Fact]
    public void There_is_no_rate_that_needs_more_than_two_legs()
    {
        FixedRates rates = Csv("base,quote,rate\nCAD,USD,0.75\nUSD,EUR,0.86");

        Assert.False(rates.TryGetRate(Currency.Parse("CAD"), Currency.Eur, Day, out _));
        Assert.False(rates.TryGetRate(Currency.Parse("JPY"), Currency.Usd, Day, out _));
    }

    [Fact]
    public void A_rate_is_the_same_object_every_time_and_found_without_allocating()
    {
        FixedRates rates = FixedRates.Parse("CAD=0.75, MXN=0.059");
        Currency cad = Currency.Parse("CAD");
        Currency mxn = Currency.Parse("MXN");
        Currency jpy = Currency.Parse("JPY");
        Assert.True(rates.TryGetRate(mxn, cad, Day, out ExchangeRate? first));
        Assert.False(rates.TryGetRate(jpy, cad, Day, out _));

        bool same = true;
        int day = 0;
        Assert.Equal(0, Allocations.OfMany(() =>
        {
            same &= rates.TryGetRate(mxn, cad, Day.AddDays(day++), out ExchangeRate? again) && ReferenceEquals(first, again);
            same &= !rates.TryGetRate(jpy, cad, Day, out _);
        }));
        Assert.True(same);
    }

    [Fact]
    public void Many_threads_get_the_same_object()
    {
        FixedRates rates = FixedRates.Parse("CAD=0.75, MXN=0.059");
        ExchangeRate[] found = new ExchangeRate[64];

        Parallel.For(0, found.Length, i => found[i] = Rate(rates, "CAD", "MXN"));

        Assert.All(found, rate => Assert.Same(found[0], rate));
    }

    [Fact]
    public void A_json_file_gives_quote_date_source_and_rates()
    {
        using TemporaryFile file = new("rates.json", """
            // month end
            {
              "quote": "USD", "date": "2025-06-30", "source": "treasury",
              "rates": { "CAD": "0.750", "MXN": 0.059, },
            }
            """);
        FixedRates rates = FixedRates.Load(file.Path);

        ExchangeRate cad = Rate(rates, "CAD", "USD");
        Assert.Equal(("0.750", new DateOnly(2025, 6, 30), "treasury"), (cad.ValueText, cad.Date, cad.Source));
        ExchangeRate cross = Rate(rates, "CAD", "MXN");
        Assert.Equal(("0.750/0.059", new DateOnly(2025, 6, 30), "treasury"), (cross.ValueText, cross.Date, cross.Source));
    }

    [Fact]
    public void A_file_without_a_source_is_its_own_source()
    {
        using TemporaryFile json = new("june.json", """{"quote":"USD","rates":{"CAD":"0.75"}}""");
        using TemporaryFile csv = new("june.csv", "\uFEFFbase,quote,rate\r\nCAD,USD,0.75\r\n");

        Assert.Equal("june.json", Rate(FixedRates.Load(json.Path), "CAD", "USD").Source);
        ExchangeRate rate = Rate(FixedRates.Load(csv.Path), "CAD", "USD");
        Assert.Equal(("0.75", "june.csv", null), (rate.ValueText, rate.Source, rate.Date));
    }

    [Fact]
    public void A_csv_file_may_have_its_columns_in_any_order_and_a_source_per_row()
    {
        FixedRates rates = Csv("Source, Rate, Date, Quote, Base\n\"Bank, Inc\", 0.75, 2025-06-30, USD, CAD\n\n,0.059,2025-05-31,USD,MXN\nx,1.1,,USD,EUR\n");

        Assert.Equal("1 CAD = 0.75 USD (Bank, Inc, 2025-06-30)", Rate(rates, "CAD", "USD").ToString());
        // A cross rate is as old as its older leg, and names both sources.
        Assert.Equal("1 CAD = 0.75/0.059 MXN (Bank, Inc, rates.csv, 2025-05-31)", Rate(rates, "CAD", "MXN").ToString());
        Assert.Equal("1 MXN = 0.059/0.75 CAD (rates.csv, Bank, Inc, 2025-05-31)", Rate(rates, "MXN", "CAD").ToString());
        Assert.Null(Rate(rates, "CAD", "EUR").Date);
        Assert.Null(Rate(rates, "EUR", "CAD").Date);
    }

    [Theory]
    [InlineData("", "'' does not have the form")]
    [InlineData("CAD", "'CAD' does not have the form")]
    [InlineData("CAD=0.75,", "'' does not have the form")]
    [InlineData("CAD=0,75", "The rate of CAD is 0.")]
    [InlineData("CAD=0", "The rate of CAD is 0.")]
    [InlineData("CAD=-0.75", "The rate of CAD is -0.75.")]
    [InlineData("CAD=", "'' is not a rate")]
    [InlineData("CAD=abc", "'abc' is not a rate")]
    [InlineData("CAD=1=2", "'1=2' is not a rate")]
    [InlineData("CAD=0.12345678901234567890123456789", "is not a rate")]
    [InlineData("XYZ=1", "'XYZ' is not a currency of ISO 4217")]
    [InlineData("CAD=0.75,cad=0.75", "CAD in USD appears twice")]
    [InlineData("USD=2", "1 USD cannot be 2 USD")]
    public void Wrong_text_is_refused_with_the_reason(string text, string reason)
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => FixedRates.Parse(text));

        Assert.StartsWith("Exchange rates: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_quote_and_a_wrong_dictionary_are_refused()
    {
        Assert.Throws<BillingConfigurationException>(() => FixedRates.Parse("CAD=0.75", quote: "DOLLAR"));
        Assert.Throws<BillingConfigurationException>(() => FixedRates.Create(new Dictionary<string, decimal>()));
        Assert.Throws<BillingConfigurationException>(() => FixedRates.Create(new Dictionary<string, decimal> { ["CAD"] = 0m }));
        Assert.Throws<BillingConfigurationException>(() => FixedRates.Create(new Dictionary<string, decimal> { ["CAD"] = 1m, ["cad"] = 1m }));
        Assert.Throws<BillingConfigurationException>(() => FixedRates.Create(new Dictionary<string, decimal> { ["CAN"] = 1m }));
        Assert.Throws<BillingConfigurationException>(() => FixedRates.Parse("CAD=0.75", source: " "));
    }

    [Theory]
    [InlineData("", 1, "empty")]
    [InlineData("base,quote,rate\n", 1, "no rates")]
    [InlineData("base;quote;rate\nCAD;USD;0,75", 1, "separated by commas")]
    [InlineData("base,quote\nCAD,USD", 1, "The column 'rate' is missing")]
    [InlineData("base,quote,rate,rate\nCAD,USD,1,1", 1, "The column 'rate' appears twice")]
    [InlineData("base,quote,rate\nCAD,USD,0.75\n\nCAD,USD,0.76", 4, "CAD in USD appears twice")]
    [InlineData("base,quote,rate\nCAD,USD,0,75", 2, "4 fields, but the header has 3")]
    [InlineData("base,quote,rate\nCAD,USD,\"0,75\"", 2, "'0,75' is not a rate")]
    [InlineData("base,quote,rate\r\nCAD,USD,0.75\r\nMXN,USD,0\r\n", 3, "The rate of MXN is 0.")]
    [InlineData("base,quote,rate\nCAN,USD,0.75", 2, "'CAN' is not a currency")]
    [InlineData("base,quote,rate\nCAD,US,0.75", 2, "'US' is not a currency")]
    [InlineData("base,quote,rate,date\nCAD,USD,0.75,30.06.2025", 2, "'30.06.2025' is not a date")]
    [InlineData("base,quote,rate\nCAD,USD,0.75\n\"MXN,USD,1", 3, "quote")]
    [InlineData("{\n\"quote\": \"USD\",\n\"rates\": { \"CAD\": \"0.75\",\n\"MXN\": 0 } }", 4, "The rate of MXN is 0.")]
    [InlineData("{\n\"quote\": \"USD\",\n\"rates\": { \"CAD\":\n true } }", 4, "CAD: 'true' is not a rate")]
    [InlineData("{\n\"quote\": \"US\",\n\"rates\": { \"CAD\": 1 } }", 2, "'US' is not a currency")]
    [InlineData("{\n\"rates\": { \"CAD\": 1 } }", 1, "'quote', the currency that the rates are in, is missing")]
    [InlineData("{\n\"quote\": 5,\n\"rates\": { \"CAD\": 1 } }", 2, "'quote' must be a text, not the number 5")]
    [InlineData("{\n\"quote\": \"USD\" }", 1, "'rates' is missing")]
    [InlineData("{\n\"quote\": \"USD\",\n\"rates\": {} }", 3, "at least one rate")]
    [InlineData("{\n\"quote\": \"USD\",\n\"date\": \"2025-02-30\",\n\"rates\": { \"CAD\": 1 } }", 3, "'2025-02-30' is not a date")]
    [InlineData("{\n\"quote\": \"USD\",\n\"rate\": { \"CAD\": 1 } }", 3, "'rate' is not known here")]
    [InlineData("[\n1]", 1, "A rates file must be an object, not a list")]
    [InlineData("{\n\"quote\": \"USD\"\n\"rates\": {} }", 3, "This is not JSON")]
    public void A_wrong_file_is_refused_with_line_and_reason(string content, long line, string reason)
    {
        using TemporaryFile file = new("rates.csv", content);

        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => FixedRates.Load(file.Path));

        Assert.Equal((file.Path, line), (error.File, error.Line));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => FixedRates.Load(Path.Combine("no", "such", "rates.json")));

        Assert.Contains("rates.json", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException, exactMatch: false);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void Rates_are_read_the_same_in_every_culture(string culture)
    {
        using CultureScope scope = new(culture);
        FixedRates rates = FixedRates.Parse("inr=0.0117");

        Assert.Equal("0.0117", Rate(rates, "INR", "USD").ValueText);
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => FixedRates.Parse("INR=-0.5"));
        Assert.Contains("The rate of INR is -0.5.", error.Message, StringComparison.Ordinal);
    }

    private static FixedRates Csv(string content)
    {
        using TemporaryFile file = new("rates.csv", content);
        return FixedRates.Load(file.Path);
    }

    private static ExchangeRate Rate(FixedRates rates, string from, string to)
    {
        Currency source = Currency.Parse(from);
        Currency target = Currency.Parse(to);
        Assert.True(rates.TryGetRate(source, target, Day, out ExchangeRate? rate));
        Assert.Same(source, rate.Base);
        Assert.Same(target, rate.Quote);
        return rate;
    }
}
