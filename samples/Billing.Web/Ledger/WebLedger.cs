using Billing.Web.Events;
using Billing.Web.Settings;

namespace Billing.Web.Ledger;

/// <summary>The store, and pipelines into it under the rules in force.</summary>
internal sealed class WebLedger : IAsyncDisposable
{
    // A ledger of 100,000 records: people look at the same months again and again.
    private const int CacheMebibytes = 48;

    private readonly WebSettings _settings;
    private readonly RulesInForce _rules;
    private readonly EventHub _events;
    private readonly ILoggerFactory _logs;
    private readonly TimeProvider _time;
    private readonly BillingPipeline _owner;
    private readonly ServiceProvider _services;

    public WebLedger(WebSettings settings, RulesInForce rules, EventHub events, ILoggerFactory logs, TimeProvider time)
    {
        (_settings, _rules, _events, _logs, _time) = (settings, rules, events, logs, time);
        _services = Services(billing => AddStore(billing, settings));
        _owner = _services.GetRequiredService<BillingPipeline>();
    }

    public IAmendableStore Store => (IAmendableStore)_owner.Ledger;

    public IReceiptStore Receipts => (IReceiptStore)_owner.Ledger;

    /// <summary>A pipeline into the store: its currency, its rates, the rules in force.</summary>
    /// <param name="configure">Adds to it, such as rules that come before those in force.</param>
    public BillingPipeline Pipeline(Action<BillingBuilder>? configure = null)
    {
        CategoryRules? rules = _rules.File.Value;
        return Services(billing =>
        {
            billing.UseReportingCurrency(_settings.ReportingCurrency.Code).UseRounding(WebSettings.Rounding).AddSink(Store).AddRunListener(_events.RunEnded);
            if (_settings.Rates is not NoRates)
            {
                billing.UseExchangeRates(_settings.Rates);
            }

            configure?.Invoke(billing);
            if (rules is not null)
            {
                billing.AddCategoryRules(rules);
            }
        }).GetRequiredService<BillingPipeline>();
    }

    /// <summary>A pipeline that states no rules and no rates: a replay then takes those of the run.</summary>
    public BillingPipeline PlainPipeline() => Services(billing => billing.UseReportingCurrency(_settings.ReportingCurrency.Code).AddSink(Store).AddRunListener(_events.RunEnded)).GetRequiredService<BillingPipeline>();

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private ServiceProvider Services(Action<BillingBuilder> configure) => new ServiceCollection()
        .AddSingleton(_logs)
        .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
        .AddSingleton(_time)
        .AddBilling(configure)
        .BuildServiceProvider();

    private static void AddStore(BillingBuilder billing, WebSettings settings)
    {
        _ = settings.StoreKind switch
        {
            "mysql" => billing.AddAuroraSink(settings.ConnectionString),
            "postgres" => billing.AddPostgresSink(settings.ConnectionString),
            _ => billing.AddSqliteSink(settings.ConnectionString, options => options.CacheMebibytes = CacheMebibytes),
        };
    }
}
