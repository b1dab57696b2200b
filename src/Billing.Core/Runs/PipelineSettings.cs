using System.Text;
using Billing.Amendments;
using Billing.Categories;
using Billing.Currencies;
using Billing.Stores;
using Billing.Storage;

namespace Billing.Runs;

/// <summary>The settings of a pipeline.</summary>
internal sealed record PipelineSettings
{
    public required string Name { get; init; }

    public required Currency ReportingCurrency { get; init; }

    /// <summary>Whether the currency was stated. If not, a replay uses that of the run.</summary>
    public bool ReportingCurrencyIsStated { get; init; }

    public required MidpointRounding Rounding { get; init; }

    public required IExchangeRates? ExchangeRates { get; init; }

    /// <summary>The rates that are fetched before every run instead; null if there are none.</summary>
    public FetchedRates? FetchedRates { get; init; }

    public required SourceLayout Layout { get; init; }

    /// <summary>Whether the layout was stated. If not, a replay uses that of the run.</summary>
    public bool LayoutIsStated { get; init; }

    public required RecordIdentity? Identity { get; init; }

    public required string? Scope { get; init; }

    public required BatchLimit Batch { get; init; }

    public required Categoriser Categoriser { get; init; }

    /// <summary>The rules as they were given.</summary>
    public IReadOnlyList<CategoryRules> Rules { get; init; } = [];

    /// <summary>Whether rules were stated, even an empty set. If not, a replay uses those of the run.</summary>
    public bool RulesAreStated => Rules.Count > 0;

    /// <summary>Whether nothing is stored: the ledger only says what it would do.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether this is the first reading of a source that another run stores. It looks neither at totals that the sender states nor at earlier runs: that run does.</summary>
    public bool IsFirstReading { get; init; }

    /// <summary>What runs do where their source differs from earlier ones; null if it was not stated.</summary>
    public DriftPolicy? Drift { get; init; }

    /// <summary>The listeners that get the report of every run that has ended.</summary>
    public IReadOnlyList<Action<IngestReport>> RunListeners { get; init; } = [];

    /// <summary>What the pipeline knows about its stores.</summary>
    public LedgerTerms Terms { get; init; } = new();

    /// <summary>Where the next seal goes.</summary>
    public SealTip Seals { get; init; } = new();

    /// <summary>The sinks. The first is the ledger.</summary>
    public required IReadOnlyList<IBillingSink> Sinks { get; init; }

    /// <summary>Returns what a run with these settings keeps of them.</summary>
    public RunSettings Keep(SourceLayout layout, RecordIdentity identity)
    {
        CategoryRule[] inCode = [.. Rules.Where(rules => rules.Json is null).SelectMany(rules => rules.Rules)];
        string[] files = [.. Rules.Select(rules => rules.Json).OfType<string>()];
        return new RunSettings
        {
            Layout = (layout with { Identity = identity }).ToJson(),
            Rates = (ExchangeRates as IKeptRates)?.Keep(),
            Rounding = Rounding,
            RatesInCode = ExchangeRates is null or IKeptRates ? null : ExchangeRates.GetType().Name,
            Rules = files.Length == 0 ? null : Encoding.UTF8.GetString(JsonText.ToBytes(files)!),
            RulesInCode = inCode.Length == 0 ? null : string.Join(", ", inCode.Select(rule => rule.Name)),
        };
    }

    /// <summary>Returns the settings of one run, with its rates.</summary>
    /// <exception cref="ExchangeRatesException">The rates could not be fetched.</exception>
    public async ValueTask<PipelineSettings> WithRatesAsync(CancellationToken cancellationToken) => FetchedRates is null
        ? this
        : this with { ExchangeRates = await FetchedRates.GetAsync(cancellationToken).ConfigureAwait(false) };

    /// <summary>Returns the layout, identity and scope of one ingestion: those of the call, else those of the layout, else those of the pipeline.</summary>
    public (SourceLayout Layout, RecordIdentity Identity, string? Scope) Resolve(IngestOptions options)
    {
        SourceLayout layout = options.Layout ?? Layout;
        return (layout, options.Identity ?? layout.Identity ?? Identity ?? RecordIdentity.Content, options.Scope ?? Scope);
    }
}
