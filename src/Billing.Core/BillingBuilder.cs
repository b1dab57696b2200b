using Billing.Categories;
using Billing.Runs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Billing;

/// <summary>Configures one pipeline. <c>AddX</c> methods can be called many times; <c>UseX</c> methods set one value, and the last call counts.</summary>
public sealed class BillingBuilder
{
    internal BillingBuilder(string name, IServiceCollection services)
    {
        Name = name;
        Services = services;
    }

    /// <summary>The name of the pipeline; an empty string for the default pipeline.</summary>
    public string Name { get; }

    /// <summary>Which pipeline is wired.</summary>
    public override string ToString() => Name.Length == 0 ? "the default pipeline" : $"the pipeline '{Name}'";

    /// <summary>The services of the application, for extension methods.</summary>
    public IServiceCollection Services { get; }

    internal Currency ReportingCurrency { get; private set; } = Currency.Usd;

    internal bool ReportingCurrencyIsStated { get; private set; }

    internal bool LayoutIsStated { get; private set; }

    internal MidpointRounding Rounding { get; private set; } = MidpointRounding.ToEven;

    internal SourceLayout Layout { get; private set; } = SourceLayout.Default;

    internal RecordIdentity? Identity { get; private set; }

    internal string? Scope { get; private set; }

    internal DriftPolicy? Drift { get; private set; }

    internal BatchLimit Batch { get; private set; } = BatchLimit.Default;

    internal Func<IServiceProvider, IExchangeRates>? ExchangeRates { get; private set; }

    private IExchangeRates? GivenRates { get; set; }

    private (Func<IServiceProvider, IExchangeRateSource> Source, RateSourceOptions Options)? RateSource { get; set; }

    internal List<CategoryRules> Rules { get; } = [];

    internal List<Action<IngestReport>> RunListeners { get; } = [];

    internal List<Func<IServiceProvider, (IBillingSink Sink, bool IsOwned)>> Sinks { get; } = [];

    /// <summary>The reporting currency, in which every amount is stated. Default USD.</summary>
    /// <exception cref="BillingConfigurationException">The code is not in ISO 4217, or the currency has no minor units.</exception>
    public BillingBuilder UseReportingCurrency(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (!Currency.TryParse(code, out Currency? currency))
        {
            throw new BillingConfigurationException($"The reporting currency '{code}' is not in ISO 4217. Use an alphabetic code, such as USD.");
        }

        if (currency.MinorUnits is null)
        {
            throw new BillingConfigurationException($"The reporting currency {currency} ({currency.Name}) has no minor units to round to. Use a currency that has them, such as USD.");
        }

        ReportingCurrency = currency;
        ReportingCurrencyIsStated = true;
        return this;
    }

    /// <summary>Sets how conversions round. A conversion rounds once, at the end. Default half to even.</summary>
    /// <exception cref="BillingConfigurationException">The value is not a rounding mode.</exception>
    public BillingBuilder UseRounding(MidpointRounding rounding)
    {
        if (!Enum.IsDefined(rounding))
        {
            throw new BillingConfigurationException($"{(int)rounding} is not a rounding mode. Use a value of MidpointRounding, such as ToEven.");
        }

        Rounding = rounding;
        return this;
    }

    /// <summary>
    /// Sets the exchange rates. If none are set, the <see cref="IExchangeRates"/> of the application's services are used. If there are none either, every amount
    /// that is not in the reporting currency is quarantined (<see cref="QuarantineReason.NoRate"/>).
    /// </summary>
    public BillingBuilder UseExchangeRates(IExchangeRates rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ExchangeRates = _ => rates;
        GivenRates = rates;
        RateSource = null;
        return this;
    }

    /// <summary>Sets the exchange rates, created from the application's services.</summary>
    public BillingBuilder UseExchangeRates(Func<IServiceProvider, IExchangeRates> rates)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ExchangeRates = rates;
        GivenRates = null;
        RateSource = null;
        return this;
    }

    /// <summary>Sets the source that exchange rates are fetched from before a run, unless rates that were fetched earlier are recent enough.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    public BillingBuilder UseExchangeRateSource(IExchangeRateSource source, Action<RateSourceOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return UseExchangeRateSource(_ => source, configure);
    }

    /// <summary>Sets the source that exchange rates are fetched from, created from the application's services, such as an HTTP client.</summary>
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

    /// <summary>Sets the layout of sources that have none of their own. Default: columns are found by header synonyms.</summary>
    /// <exception cref="BillingConfigurationException">The layout is invalid or contradicts itself.</exception>
    public BillingBuilder UseLayout(SourceLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        Layout = layout;
        LayoutIsStated = true;
        return this;
    }

    /// <summary>Sets the identity (what makes a record the same record), unless the call or the layout states one. Default: content and occurrence.</summary>
    public BillingBuilder UseIdentity(RecordIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        Identity = identity;
        return this;
    }

    /// <summary>Sets the scope (whose records the sources hold), unless the call or the layout states one. Default none.</summary>
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

    /// <summary>Sets what a run does where its source differs from earlier runs of the same kind, unless the call states it (docs/drift.md). Default: as <see cref="IngestOptions.Drift"/> says.</summary>
    /// <exception cref="BillingConfigurationException">It is not a policy, or <see cref="DriftPolicy.Accept"/>, which is a decision about one source.</exception>
    public BillingBuilder UseDriftPolicy(DriftPolicy policy)
    {
        BillingConfigurationException.ThrowUnless(policy is DriftPolicy.Ignore or DriftPolicy.Warn or DriftPolicy.Stop, nameof(BillingBuilder), nameof(Drift), policy, "Ignore, Warn or Stop; Accept is for one source (IngestOptions.Drift)");
        Drift = policy;
        return this;
    }

    /// <summary>The maximum number of rows that are written at once, 1 to 100,000. Default 10,000.</summary>
    /// <exception cref="BillingConfigurationException">It is out of range.</exception>
    public BillingBuilder UseBatchSize(int rows)
    {
        if (rows is < 1 or > 100_000)
        {
            throw new BillingConfigurationException($"The batch size is {rows} rows. Use 1 to 100,000.");
        }

        Batch = Batch with { Rows = rows };
        return this;
    }

    /// <summary>
    /// The number of mebibytes of rows, as received, that ends a batch before it has its number of rows, 1 to 256. Default 4.
    /// A run holds a few batches, which take several times as much memory: with 4, a run stays under 300 MB, and a function of 512 MB has room to spare.
    /// </summary>
    /// <exception cref="BillingConfigurationException">It is out of range.</exception>
    public BillingBuilder UseBatchMemory(int mebibytes)
    {
        if (mebibytes is < 1 or > 256)
        {
            throw new BillingConfigurationException($"The batch memory is {mebibytes} MiB. Use 1 to 256.");
        }

        Batch = Batch with { Bytes = mebibytes << 20 };
        return this;
    }

    /// <summary>Adds rules for categories, flags, alerts and requirements. Several sets apply one after the other.</summary>
    public BillingBuilder AddCategoryRules(CategoryRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Rules.Add(rules);
        return this;
    }

    /// <summary>
    /// Adds an <see cref="AlertSender"/> that sends the alerts of the pipeline's ledger to the application's <see cref="IAlertPublisher"/>. For a named pipeline it is a keyed
    /// service under that name and uses the publisher of that name, if there is one. For the default pipeline it has no key. It sends only when it is called.
    /// </summary>
    /// <exception cref="BillingConfigurationException">An option is out of range. Also thrown when the sender is first resolved: there is no publisher, or the ledger keeps no alerts.</exception>
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

    /// <summary>Adds a sink. The first sink is the ledger, which decides. The others follow it: they get the records that the ledger stored or already had.</summary>
    public BillingBuilder AddSink(IBillingSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        Sinks.Add(_ => (sink, IsOwned: false));
        return this;
    }

    /// <summary>Adds a sink that is created once, from the application's services. The pipeline disposes a sink that the factory creates; a sink that the factory gets from the services stays theirs.</summary>
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
    /// <exception cref="BillingConfigurationException">The configuration is incomplete or contradicts itself.</exception>
    internal void Validate()
    {
        string pipeline = Name.Length == 0 ? "The pipeline" : $"The pipeline '{Name}'";
        if (Sinks.Count == 0)
        {
            throw new BillingConfigurationException($"{pipeline} has no sink. Add one, such as AddSqliteSink(\"Data Source=billing.db\") from Billing.Sinks.Sqlite, or AddSink(new MemorySink()).");
        }

        if (Rules.SelectMany(rules => rules.Rules).GroupBy(rule => rule.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new BillingConfigurationException($"{pipeline} has two rules named '{twice.Key}'. Records name the rule that set their category, so give each rule its own name.");
        }

        if (GivenRates is FixedRates table && !table.Knows(ReportingCurrency))
        {
            throw new BillingConfigurationException($"{pipeline} reports in {ReportingCurrency}, but its fixed rates only cover {table.Codes}, so no amount could be converted. State the currency that the rates are quoted in, such as FixedRates.Parse(\"...\", quote: \"{ReportingCurrency}\"), or use another reporting currency.");
        }

        Layout.Validate();
    }

    /// <summary>Creates the configured pipeline.</summary>
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
            Drift = Drift,
            Batch = Batch,
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
