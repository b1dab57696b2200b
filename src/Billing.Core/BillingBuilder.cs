using Billing.Categories;
using Billing.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing;

/// <summary>Wires one pipeline. <c>AddX</c> may be called many times, <c>UseX</c> fills one slot; the last call counts.</summary>
public sealed class BillingBuilder
{
    internal BillingBuilder(string name, IServiceCollection services)
    {
        Name = name;
        Services = services;
    }

    /// <summary>The name of the pipeline; the empty text for the default one.</summary>
    public string Name { get; }

    /// <summary>Which pipeline is wired.</summary>
    public override string ToString() => Name.Length == 0 ? "the default pipeline" : $"the pipeline '{Name}'";

    /// <summary>The services of the application, for extensions.</summary>
    public IServiceCollection Services { get; }

    internal Currency ReportingCurrency { get; private set; } = Currency.Usd;

    internal bool ReportingCurrencyIsStated { get; private set; }

    internal bool LayoutIsStated { get; private set; }

    internal MidpointRounding Rounding { get; private set; } = MidpointRounding.ToEven;

    internal SourceLayout Layout { get; private set; } = SourceLayout.Default;

    internal RecordIdentity? Identity { get; private set; }

    internal string? Scope { get; private set; }

    internal int BatchSize { get; private set; } = 10_000;

    internal Func<IServiceProvider, IExchangeRates>? ExchangeRates { get; private set; }

    private IExchangeRates? GivenRates { get; set; }

    private (Func<IServiceProvider, IExchangeRateSource> Source, RateSourceOptions Options)? RateSource { get; set; }

    internal List<CategoryRules> Rules { get; } = [];

    internal List<Action<IngestReport>> RunListeners { get; } = [];

    internal List<Func<IServiceProvider, (IBillingSink Sink, bool IsOwned)>> Sinks { get; } = [];

    /// <summary>The currency that every amount is stated in. Default USD.</summary>
    /// <exception cref="BillingConfigurationException">The code is not of ISO 4217, or has no minor units.</exception>
    public BillingBuilder UseReportingCurrency(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!Currency.TryParse(code, out Currency? currency))
        {
            throw new BillingConfigurationException($"The reporting currency '{code}' is not of ISO 4217. Use an alphabetic code, such as USD.");
        }

        if (currency.MinorUnits is null)
        {
            throw new BillingConfigurationException($"The reporting currency {currency} ({currency.Name}) has no minor units to round to. Use a currency of daily use, such as USD.");
        }

        ReportingCurrency = currency;
        ReportingCurrencyIsStated = true;
        return this;
    }

    /// <summary>How conversions round, once, at the end. Default half to even.</summary>
    /// <exception cref="BillingConfigurationException">It is no rounding mode.</exception>
    public BillingBuilder UseRounding(MidpointRounding rounding)
    {
        if (!Enum.IsDefined(rounding))
        {
            throw new BillingConfigurationException($"{(int)rounding} is no rounding mode. Use a value of MidpointRounding, such as ToEven.");
        }

        Rounding = rounding;
        return this;
    }

    /// <summary>
    /// The exchange rates. Without any they are the <see cref="IExchangeRates"/> of the application's services; without that, too, every amount in another
    /// currency than the reporting one is quarantined (<see cref="QuarantineReason.NoRate"/>).
    /// </summary>
    public BillingBuilder UseExchangeRates(IExchangeRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ExchangeRates = _ => rates;
        GivenRates = rates;
        RateSource = null;
        return this;
    }

    /// <summary>The exchange rates, from the application's services.</summary>
    public BillingBuilder UseExchangeRates(Func<IServiceProvider, IExchangeRates> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ExchangeRates = rates;
        GivenRates = null;
        RateSource = null;
        return this;
    }

    /// <summary>The exchange rates, from where they must be fetched: before a run, unless those of an earlier one are young enough.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    public BillingBuilder UseExchangeRateSource(IExchangeRateSource source, Action<RateSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return UseExchangeRateSource(_ => source, configure);
    }

    /// <summary>The exchange rates, from where they must be fetched, by the application's services: such as a client of HTTP.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    public BillingBuilder UseExchangeRateSource(Func<IServiceProvider, IExchangeRateSource> source, Action<RateSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        RateSourceOptions options = new();
        configure?.Invoke(options);
        RateSource = (source, options.Checked());
        ExchangeRates = null;
        GivenRates = null;
        return this;
    }

    /// <summary>The layout of sources that come without one of their own. Default: columns by header synonyms.</summary>
    /// <exception cref="BillingConfigurationException">The layout is impossible or contradicts itself.</exception>
    public BillingBuilder UseLayout(SourceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        Layout = layout;
        LayoutIsStated = true;
        return this;
    }

    /// <summary>What makes a record the same record, where neither the call nor the layout says. Default: content and occurrence.</summary>
    public BillingBuilder UseIdentity(RecordIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Identity = identity;
        return this;
    }

    /// <summary>Whose records the sources hold, where neither the call nor the layout says. Default none.</summary>
    /// <exception cref="BillingConfigurationException">The scope is blank.</exception>
    public BillingBuilder UseScope(string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (string.IsNullOrWhiteSpace(scope))
        {
            throw new BillingConfigurationException($"The scope '{scope}' is blank. Name an account or a supplier.");
        }

        Scope = scope;
        return this;
    }

    /// <summary>The most rows that are written at once, 1 to 100,000. Default 10,000.</summary>
    /// <exception cref="BillingConfigurationException">It is out of range.</exception>
    public BillingBuilder UseBatchSize(int rows)
    {
        if (rows is < 1 or > 100_000)
        {
            throw new BillingConfigurationException($"A batch of {rows} rows is not possible. Use 1 to 100,000.");
        }

        BatchSize = rows;
        return this;
    }

    /// <summary>Rules for categories, flags, alerts and requirements; several sets apply one after the other.</summary>
    public BillingBuilder AddCategoryRules(CategoryRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Rules.Add(rules);
        return this;
    }

    /// <summary>
    /// Adds an <see cref="AlertSender"/> from the ledger of the pipeline to the application's <see cref="IAlertPublisher"/>: as a keyed service under the name of the
    /// pipeline, with the publisher of that name if there is one; without a key for the default pipeline. It sends when it is called.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is out of range. When the sender is first used: there is no publisher, or the ledger keeps no alerts.</exception>
    public BillingBuilder AddAlertSender(Action<AlertSenderOptions>? configure = null)
    {
        AlertSenderOptions options = new();
        configure?.Invoke(options);
        AlertWiring.Add(this, options.Checked());
        return this;
    }

    /// <summary>
    /// Who is told the report of every run of the pipeline once it has ended, whichever way: completed, failed or cancelled, ingested, replayed or a dry run. For services,
    /// whose callers see no exception. What it throws is logged and changes nothing. Runs may end at once: it must be safe for several threads.
    /// </summary>
    public BillingBuilder AddRunListener(Action<IngestReport> runEnded)
    {
        ArgumentNullException.ThrowIfNull(runEnded);
        RunListeners.Add(runEnded);
        return this;
    }

    /// <summary>A sink. The first is the ledger, and decides; the others follow it: they get what the ledger stored or had already.</summary>
    public BillingBuilder AddSink(IBillingSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Sinks.Add(_ => (sink, IsOwned: false));
        return this;
    }

    /// <summary>A sink that is made with the application's services, once. One that the factory creates is disposed with the pipeline; one that it gets from the services stays theirs.</summary>
    public BillingBuilder AddSink(Func<IServiceProvider, IBillingSink> sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Sinks.Add(services =>
        {
            ResolvedServices resolved = new(services);
            IBillingSink made = sink(resolved);
            return (made, IsOwned: !resolved.Gave(made));
        });
        return this;
    }

    /// <summary>Checks what can be checked before anything is created.</summary>
    /// <exception cref="BillingConfigurationException">The wiring is incomplete or contradicts itself.</exception>
    internal void Validate()
    {
        string pipeline = Name.Length == 0 ? "The pipeline" : $"The pipeline '{Name}'";
        if (Sinks.Count == 0)
        {
            throw new BillingConfigurationException($"{pipeline} has no sink. Add one, such as AddSqliteSink(\"Data Source=billing.db\") of Billing.Sinks.Sqlite, or AddSink(new MemorySink()).");
        }

        if (Rules.SelectMany(rules => rules.Rules).GroupBy(rule => rule.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new BillingConfigurationException($"{pipeline} has two rules named '{twice.Key}'. Records name the rule that gave their category, so give each its own.");
        }

        if (GivenRates is FixedRates table && !table.Knows(ReportingCurrency))
        {
            throw new BillingConfigurationException($"{pipeline} reports in {ReportingCurrency}, and its fixed rates are of {table.Codes} only: no amount could be converted. State what the rates are quoted in, such as FixedRates.Parse(\"...\", quote: \"{ReportingCurrency}\"), or another reporting currency.");
        }

        Layout.Validate();
    }

    /// <summary>Creates the pipeline that was wired.</summary>
    internal BillingPipeline Build(IServiceProvider services)
    {
        List<(IBillingSink Sink, bool IsOwned)> sinks = [.. Sinks.Select(make => make(services))];
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        ILogger<BillingPipeline> logger = services.GetService<ILogger<BillingPipeline>>() ?? NullLogger<BillingPipeline>.Instance;
        PipelineSettings settings = new()
        {
            Name = Name,
            ReportingCurrency = ReportingCurrency,
            ReportingCurrencyIsStated = ReportingCurrencyIsStated,
            LayoutIsStated = LayoutIsStated,
            Rules = [.. Rules],
            RunListeners = [.. RunListeners],
            Rounding = Rounding,
            ExchangeRates = RateSource is null ? ExchangeRates?.Invoke(services) ?? services.GetService<IExchangeRates>() : null,
            FetchedRates = RateSource is { } rates ? new FetchedRates(rates.Source(services), rates.Options, time, logger) : null,
            Layout = Layout,
            Identity = Identity,
            Scope = Scope,
            BatchSize = BatchSize,
            Categoriser = new Categoriser([.. Rules.SelectMany(rules => rules.Rules)]),
            Sinks = [.. sinks.Select(sink => sink.Sink)],
        };
        return new BillingPipeline(
            settings,
            [.. sinks.Where(sink => sink.IsOwned).Select(sink => sink.Sink)],
            time,
            logger);
    }
}
