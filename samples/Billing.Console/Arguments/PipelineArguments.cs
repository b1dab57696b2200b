using System.CommandLine;

namespace Billing.Console.Arguments;

/// <summary>What a pipeline is made of, read from the command line and the files that it names.</summary>
internal sealed record PipelineArguments
{
    public required string ReportingCurrency { get; init; }

    /// <summary>Whether the currency is stated to the pipeline. A replay goes by the run otherwise.</summary>
    public bool StatesCurrency { get; init; } = true;

    public SourceLayout? Layout { get; init; }

    public IExchangeRates? Rates { get; init; }

    public CategoryRules? Rules { get; init; }

    public RecordIdentity? Identity { get; init; }

    public string? Scope { get; init; }

    /// <summary>Whether sources that are known are read row by row.</summary>
    public bool Reread { get; init; }

    /// <summary>What to do where a source differs from earlier ones; null if it is not stated.</summary>
    public DriftPolicy? Drift { get; init; }

    /// <summary>What is stated of the sources.</summary>
    public ExpectArguments Expect { get; init; } = ExpectArguments.Nothing;

    /// <summary>What the source is the whole of, or null.</summary>
    public Delivery? Delivery { get; init; }

    /// <exception cref="UsageException">A file is not there.</exception>
    /// <exception cref="BillingConfigurationException">A file is wrong.</exception>
    public static PipelineArguments Read(ParseResult parse, CommandOptions options)
    {
        string currency = parse.GetRequiredValue(options.ReportingCurrency);
        return new PipelineArguments
        {
            ReportingCurrency = currency,
            Layout = Existing(parse, options.Layout) is { } layout ? SourceLayout.Load(layout) : null,
            Rates = parse.GetValue(options.Rates) is { } rates ? RatesArgument.Parse(rates, currency) : null,
            Rules = Existing(parse, options.Rules) is { } rules ? CategoryRules.Load(rules) : null,
            Identity = parse.GetValue(options.Identity),
            Scope = parse.GetValue(options.Scope) is { } scope ? NotBlank(scope) : null,
        };
    }

    public void Apply(BillingBuilder billing)
    {
        if (StatesCurrency)
        {
            billing.UseReportingCurrency(ReportingCurrency);
        }

        if (Layout is not null)
        {
            billing.UseLayout(Layout);
        }

        if (Rates is not null)
        {
            billing.UseExchangeRates(Rates);
        }

        if (Rules is not null)
        {
            billing.AddCategoryRules(Rules);
        }

        if (Scope is not null)
        {
            billing.UseScope(Scope);
        }
    }

    /// <summary>What goes before the layout: an identity on the command line.</summary>
    public IngestOptions ToIngestOptions(IProgress<IngestProgress>? progress = null) => new() { Identity = Identity, Reread = Reread, Drift = Drift, Delivery = Delivery, Progress = progress };

    private static string NotBlank(string scope) => !string.IsNullOrWhiteSpace(scope)
        ? scope
        : throw new UsageException("--scope is blank. Name an account or a supplier, or leave the option out.");

    /// <summary>The file that an option names, or null where it names none.</summary>
    /// <exception cref="UsageException">It is not there.</exception>
    public static string? Existing(ParseResult parse, Option<string?> option)
    {
        string? path = parse.GetValue(option);
        return path is null || File.Exists(path)
            ? path
            : throw new UsageException($"{option.Name}: there is no file '{path}'. Check the name and the folder.");
    }
}
