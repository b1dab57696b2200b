using System.Net;
using System.Text;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Client.Importing;
using Billing.Web.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>The rates of the host, in the browser.</summary>
public sealed class HostRatesTests : PageContext
{
    private static readonly Currency s_cad = Currency.Parse("CAD");
    private static readonly Currency s_usd = Currency.Parse("USD");

    private HostApi Api => Services.GetRequiredService<HostApi>();

    [Fact]
    public async Task A_rate_holds_from_its_first_day_to_its_last_and_a_gap_has_none()
    {
        Answer(Span("2025-06-02", "2025-06-03", "0.75"), Span("2025-06-10", "2025-06-10", "0.5/0.7"));
        HostRates rates = new(Api);
        Assert.Null(Of(rates, "2025-06-02"));
        Assert.True((await rates.AskAsync()).IsNew);
        Assert.Equal([null, "0.75", "0.75", null, null, "0.5/0.7", null], ((string[])["2025-06-01", "2025-06-02", "2025-06-03", "2025-06-04", "2025-06-09", "2025-06-10", "2025-06-11"]).Select(day => Of(rates, day)));
        Assert.Equal(MidpointRounding.AwayFromZero, rates.Rounding);
        Assert.False((await rates.AskAsync()).IsNew);
        Assert.Single(Host.Asked);

        // Another reporting currency is another rate.
        Assert.False(rates.TryGetRate(s_cad, Currency.Parse("EUR"), new DateOnly(2025, 6, 2), out _));
    }

    [Fact]
    public async Task Only_currencies_and_years_leave_the_browser_and_each_is_asked_for_once()
    {
        Answer(Span("2025-01-01", "2025-12-31", "0.75"));
        HostRates rates = new(Api);
        foreach (string day in (string[])["2025-06-02", "2025-07-02", "2024-01-01", "2025-06-02"])
        {
            _ = Of(rates, day);
        }

        await rates.AskAsync();
        Assert.Equal(2, Host.Asked.Count);
        Assert.All(Host.Asked, asked => Assert.Equal(("GET /api/rates", ""), (asked.Request, asked.Body)));
    }

    [Fact]
    public async Task A_host_that_refuses_or_is_gone_is_asked_again_and_no_rate_is_made_up()
    {
        HostRates rates = new(Api);
        Host.Vanish("GET /api/rates");
        Assert.Null(Of(rates, "2025-06-02"));
        Assert.Equal((false, null), await rates.AskAsync());
        Host.Answer("GET /api/rates", """{ "status": 401, "title": "Unauthorized" }""", HttpStatusCode.Unauthorized);
        Assert.Null(Of(rates, "2025-06-02"));
        Assert.Equal(401, (await rates.AskAsync()).Problem?.Status);
        Answer(Span("2025-01-01", "2025-12-31", "0.75"));
        Assert.Null(Of(rates, "2025-06-02"));
        Assert.True((await rates.AskAsync()).IsNew);
        Assert.Equal("0.75", Of(rates, "2025-06-02"));
    }

    [Fact]
    public async Task A_file_of_ten_thousand_years_asks_a_hundred_times_at_most()
    {
        Answer();
        HostRates rates = new(Api);
        for (int year = 1; year <= 9999; year++)
        {
            rates.TryGetRate(s_cad, s_usd, new DateOnly(year, 1, 1), out _);
        }

        await rates.AskAsync();
        Assert.Equal(100, Host.Asked.Count);
    }

    [Fact]
    public async Task A_row_is_shown_with_its_own_amount_also_where_another_of_its_key_was_stored()
    {
        LocalTerms terms = new() { Layout = new SourceLayout { Identity = RecordIdentity.Columns("id") } };
        LocalPreview preview = await LocalPipeline.RunAsync("ids.csv", Encoding.UTF8.GetBytes("id,date,amount,currency\n1,2026-01-01,10.00,USD\n1,2026-01-01,12.00,USD\n1,2026-01-01,10.00,USD\n"), terms, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([RowOutcomeKind.Stored, RowOutcomeKind.Conflict, RowOutcomeKind.Duplicate], preview.Rows.Select(row => row.Outcome.Kind));
        Assert.Equal([10m, 12m, 10m], preview.Rows.Select(row => row.Record!.Amount.Amount));
    }

    private static string? Of(HostRates rates, string day) => rates.TryGetRate(s_cad, s_usd, DateOnly.ParseExact(day, "yyyy-MM-dd"), out ExchangeRate? rate) ? rate.ValueText : null;

    private static RateSpan Span(string from, string to, string rate) => new() { From = DateOnly.ParseExact(from, "yyyy-MM-dd"), To = DateOnly.ParseExact(to, "yyyy-MM-dd"), Rate = ExchangeRate.FromValueText(s_cad, s_usd, rate, null, "host") };

    private void Answer(params RateSpan[] spans) => Host.Answer("GET /api/rates", JsonSerializer.Serialize(new RatesReply { ReportingCurrency = "USD", Rounding = "AwayFromZero", Items = spans }, WebJsonContext.Default.RatesReply));
}
