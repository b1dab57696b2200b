using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>Rates that are fetched before a run.</summary>
public sealed class RateSourceTests
{
    private readonly SteppedClock _time = new();
    private readonly ScriptedRates _source = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rates_are_fetched_before_a_run_and_kept_until_they_are_to_be_refreshed()
    {
        using ServiceProvider services = Services(options => options.RefreshAfter = TimeSpan.FromMinutes(10));
        Assert.Equal(0, _source.Calls);
        Assert.Equal(7.5m, await ReportedAsync(services, "a.csv"));

        _source.Rate = 0.8m;
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal((7.5m, 1), (await ReportedAsync(services, "b.csv"), _source.Calls));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((8m, 2), (await ReportedAsync(services, "c.csv"), _source.Calls));
    }

    [Fact]
    public async Task Where_fetching_fails_the_last_rates_are_used_as_long_as_they_may_be_and_then_no_run_begins()
    {
        using ServiceProvider services = Services(options => (options.RefreshAfter, options.MaxAge) = (TimeSpan.Zero, TimeSpan.FromHours(2)));
        Assert.Equal(7.5m, await ReportedAsync(services, "a.csv"));

        _source.Failure = new HttpRequestException("503");
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(7.5m, await ReportedAsync(services, "b.csv"));

        _time.Advance(TimeSpan.FromSeconds(1));
        ExchangeRatesException failed = await Assert.ThrowsAsync<ExchangeRatesException>(() => ReportedAsync(services, "c.csv"));
        Assert.Equal("The exchange rates could not be fetched: 503 The last rates are 02:00:01 old, and the limit is 02:00:00 (RateSourceOptions.MaxAge). Nothing was read. Run again when the rates are available.", failed.Message);
        Assert.Same(_source.Failure, failed.InnerException);

        _source.Failure = null;
        Assert.Equal(7.5m, await ReportedAsync(services, "c.csv"));
    }

    [Fact]
    public async Task Without_any_rates_no_run_begins_and_nothing_is_stored_at_a_rate_of_one()
    {
        using ServiceProvider services = Services();
        _source.Failure = new HttpRequestException("503");
        ExchangeRatesException failed = await Assert.ThrowsAsync<ExchangeRatesException>(() => ReportedAsync(services, "a.csv"));
        Assert.Contains("503 There are no earlier rates.", failed.Message, StringComparison.Ordinal);
        Assert.Empty((await services.GetRequiredService<IBillingStore>().GetRunsAsync(new PageRequest(), Cancellation)).Items);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_fails_when_its_time_is_up()
    {
        using ServiceProvider services = Services(options => options.AttemptTimeout = TimeSpan.FromMilliseconds(1));
        _source.Answer = new TaskCompletionSource().Task;
        ExchangeRatesException failed = await Assert.ThrowsAsync<ExchangeRatesException>(() => ReportedAsync(services, "a.csv"));
        Assert.Contains("there was no answer within 00:00:00.0010000.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_that_begin_at_once_fetch_once()
    {
        using ServiceProvider services = Services();
        TaskCompletionSource answer = new();
        _source.Answer = answer.Task;
        Task<decimal>[] runs = [.. Enumerable.Range(0, 8).Select(i => ReportedAsync(services, $"{i}.csv"))];
        answer.SetResult();
        Assert.All(await Task.WhenAll(runs), amount => Assert.Equal(7.5m, amount));
        Assert.Equal(1, _source.Calls);
    }

    [Fact]
    public async Task A_rate_that_comes_late_lets_its_row_pass_when_the_quarantine_is_replayed()
    {
        using ServiceProvider services = Services(options => options.RefreshAfter = TimeSpan.Zero);
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        IngestReport first = await pipeline.IngestAsync(BillingSource.Text("a.csv", "date,amount,currency\n2025-06-01,10,EUR\n"), Cancellation);
        Assert.Equal(1, first.Reasons[QuarantineReason.NoRate]);

        _source.Code = "EUR";
        IngestReport replayed = Assert.Single(await pipeline.ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal(7.5m, replayed.StoredInReportingCurrency["USD"].ToDecimal());
    }

    [Theory]
    [InlineData(-1, 60, 1, "RefreshAfter")]
    [InlineData(60, 59, 1, "MaxAge")]
    [InlineData(60, 60, 0, "AttemptTimeout")]
    public void Options_out_of_range_are_refused(int refresh, int age, int timeout, string option)
    {
        BillingConfigurationException refused = Assert.Throws<BillingConfigurationException>(() => Services(options =>
            (options.RefreshAfter, options.MaxAge, options.AttemptTimeout) = (TimeSpan.FromSeconds(refresh), TimeSpan.FromSeconds(age), TimeSpan.FromSeconds(timeout))));
        Assert.StartsWith($"RateSourceOptions.{option} is '", refused.Message, StringComparison.Ordinal);
    }

    // Timers of the clock are the system's.
    private ServiceProvider Services(Action<RateSourceOptions>? configure = null) => new ServiceCollection()
        .AddSingleton<TimeProvider>(_time)
        .AddBilling(billing => billing.UseExchangeRateSource(_ => _source, configure).AddSink(new MemorySink()))
        .BuildServiceProvider();

    private static async Task<decimal> ReportedAsync(ServiceProvider services, string name)
    {
        string row = $"date,amount,currency,note\n2025-06-01,10,CAD,{name}\n";
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text(name, row), Cancellation);
        return report.StoredInReportingCurrency["USD"].ToDecimal();
    }
}
