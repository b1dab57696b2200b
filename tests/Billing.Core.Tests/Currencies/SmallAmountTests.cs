using System.Globalization;
using Billing.Currencies;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Currencies;

/// <summary>Amounts of more decimals than their currency has are not rounded away.</summary>
public sealed class SmallAmountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    // As many decimals as the product needs, at least those of the currency.
    [InlineData("0.004", "USD", "0.9", "1", "0.0036")]
    [InlineData("-0.004", "USD", "0.9", "1", "-0.0036")]
    [InlineData("0.005", "USD", "2", "1", "0.01")]
    [InlineData("0.025", "USD", "4", "1", "0.10")]
    [InlineData("12.345", "USD", "1", "1", "12.345")]
    [InlineData("12.345", "USD", "1", "8", "1.543125")]
    [InlineData("12.5", "JPY", "0.01", "1", "0.125")]
    [InlineData("0.0000000000000000000001", "USD", "0.000001", "1", "0.0000000000000000000000000001")]
    // No more decimals than the currency, whatever stands behind them: rounded once.
    [InlineData("12.35", "USD", "0.9", "1", "11.12")]
    [InlineData("12.350", "USD", "0.9", "1", "11.12")]
    // A quotient without end: 28 digits.
    [InlineData("0.004", "USD", "1", "3", "0.0013333333333333333333333333")]
    [InlineData("0.005", "USD", "1", "3", "0.0016666666666666666666666667")]
    [InlineData("2000.005", "USD", "1", "3", "666.6683333333333333333333333")]
    public void Their_exact_product_is_kept(string amount, string currency, string numerator, string denominator, string expected)
    {
        ExchangeRate rate = new(Currency.Parse(currency), Currency.Parse("EUR"), Number(numerator), null, "test", Number(denominator));
        Assert.True(MoneyConverter.TryConvert(new Money(Number(amount), rate.Base), rate, MidpointRounding.ToEven, out Money converted));
        Assert.Equal(expected, converted.Amount.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(rate.Quote, converted.Currency);
    }

    [Fact]
    public void A_product_of_more_than_28_digits_is_refused_not_rounded()
    {
        ExchangeRate rate = new(Currency.Parse("USD"), Currency.Parse("EUR"), 0.123456789m, null, "test");
        Assert.False(MoneyConverter.TryConvert(new Money(1234567890.12345678901m, rate.Base), rate, MidpointRounding.ToEven, out _));
    }

    [Fact]
    public async Task A_thousand_of_them_are_a_sum_of_money()
    {
        MemorySink sink = new();
        await using ServiceProvider services = new ServiceCollection()
            .AddBilling(billing => billing.UseReportingCurrency("EUR").UseExchangeRates(FixedRates.Parse("USD=0.9", "EUR")).AddSink(sink))
            .BuildServiceProvider();
        string csv = "date,item,amount,currency\n" + string.Concat(Enumerable.Range(0, 1_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"2025-06-17,call {i},0.004,USD\n")));
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("cloud.csv", csv), cancellationToken: Cancellation);
        Assert.True(report.IsBalanced);
        Assert.Equal("3.6", report.StoredInReportingCurrency["EUR"].ToString());
        Assert.Equal("3.6", (await sink.SummarizeAsync(SummaryBy.Month, new RecordQuery(), Cancellation))[0].Reporting["EUR"].ToString());
        BillingRecord one = (await sink.QueryAsync(new RecordQuery { PageSize = 1 }, Cancellation)).Items[0];
        Assert.Equal("0.0036", one.ReportingAmount.Amount.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("3.605", 2, "3.6")]
    [InlineData("3.615", 2, "3.62")]
    [InlineData("-3.615", 2, "-3.62")]
    [InlineData("3.61500000000000000000000000000000000001", 2, "3.62")]
    [InlineData("0.5", 0, "0")]
    [InlineData("1.5", 0, "2")]
    [InlineData("1.5", 3, "1.5")]
    public void A_total_is_rounded_half_to_even_for_people(string sum, int decimals, string expected) => Assert.Equal(expected, ExactSum.Parse(sum).Rounded(decimals).ToString());

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
