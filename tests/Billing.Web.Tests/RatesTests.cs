using System.Globalization;
using Billing.Web.Contracts;
using Billing.Web.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests;

/// <summary>The rates that the host gives are those that its runs use, day by day.</summary>
public sealed class RatesTests
{
    private const string Ecb = """
        Date,USD,JPY,CHF,
        2025-06-27,1.1704,169.53,0.9361,
        2025-06-16,1.1550,167.23,N/A,
        2025-06-02,1.1419,163.35,0.9344,
        2024-12-30,1.0444,163.98,0.9412,

        """;

    [Theory]
    [InlineData("EUR")]
    [InlineData("USD")]
    public async Task Each_day_of_a_year_has_the_rate_of_a_run_or_none(string reporting)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("billing-ecb-").FullName, "ecb.csv");
        await File.WriteAllTextAsync(file, Ecb, WebHost.Cancellation);
        await using WebHost host = new(("ReportingCurrency", reporting), ("Rates", "ecb:" + file), ("Role", "reader"));
        RatesReply reply = await WebHost.GetAsync<RatesReply>(host.Page(), "/api/rates?currency=JPY,CHF,GBP&year=2025");
        Assert.Equal((reporting, "ToEven"), (reply.ReportingCurrency, reply.Rounding));
        IExchangeRates rates = host.Services.GetRequiredService<WebSettings>().Rates;
        int found = 0;
        foreach (string code in (string[])["JPY", "CHF", "GBP"])
        {
            for (DateOnly day = new(2025, 1, 1); day.Year == 2025; day = day.AddDays(1))
            {
                bool has = rates.TryGetRate(Currency.Parse(code), Currency.Parse(reporting), day, out ExchangeRate? rate);
                RateSpan[] spans = [.. reply.Items.Where(span => span.Rate.Base.Code == code && span.From <= day && day <= span.To)];
                Assert.Equal(has ? [rate!] : [], spans.Select(span => span.Rate));
                found += spans.Length;
            }
        }

        Assert.InRange(found, 40, 80);
        Assert.InRange(reply.Items.Count, 6, 10);
    }

    [Fact]
    public async Task Fixed_rates_are_one_span_and_a_host_without_rates_has_none()
    {
        await using WebHost host = new();
        RateSpan span = Assert.Single((await WebHost.GetAsync<RatesReply>(host.Page(), "/api/rates?currency=CAD,CHF&year=2024")).Items);
        Assert.Equal((new DateOnly(2024, 1, 1), new DateOnly(2024, 12, 31), "0.75"), (span.From, span.To, span.Rate.ValueText));
        Assert.Equal(2, (await WebHost.GetAsync<RatesReply>(host.Page(), "/api/rates?currency=CAD,EUR&year=0001")).Items.Count);
        Assert.Equal(new DateOnly(9999, 12, 31), Assert.Single((await WebHost.GetAsync<RatesReply>(host.Page(), "/api/rates?currency=CAD&year=9999")).Items).To);
        await using WebHost without = new(("Rates", ""));
        Assert.Empty((await WebHost.GetAsync<RatesReply>(without.Page(), "/api/rates?currency=CAD&year=2025")).Items);
    }

    [Theory]
    [InlineData("", "currency")]
    [InlineData("?year=2025", "currency")]
    [InlineData("?currency=CAD", "year")]
    [InlineData("?currency=CAD&year=0000", "year")]
    [InlineData("?currency=CAD&year=25", "year")]
    [InlineData("?currency=CAD&year=10000", "year")]
    [InlineData("?currency=CAD&year=+2025", "year")]
    [InlineData("?currency=cad&year=2025", "currency")]
    [InlineData("?currency=CAD,CAD&year=2025", "currency")]
    [InlineData("?currency=CAD,&year=2025", "currency")]
    [InlineData("?currency=QQQ&year=2025", "currency")]
    [InlineData("?currency=CAD&year=2025&month=06", "query")]
    public async Task What_is_not_asked_for_rightly_is_refused(string query, string field)
    {
        await using WebHost host = new();
        Assert.Equal([field], (await WebHost.SendAsync<ProblemReply>(host.Page(), HttpMethod.Get, "/api/rates" + query, null, 400)).Errors!.Keys);
    }

    [Fact]
    public async Task No_more_than_twenty_currencies_are_given_at_once()
    {
        await using WebHost host = new();
        string[] codes = [.. Currency.All.Take(21).Select(currency => currency.Code)];
        await WebHost.GetAsync<RatesReply>(host.Page(), $"/api/rates?currency={string.Join(',', codes.Take(20))}&year=2025");
        await WebHost.SendAsync<ProblemReply>(host.Page(), HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/rates?currency={string.Join(',', codes)}&year=2025"), null, 400);
    }
}
