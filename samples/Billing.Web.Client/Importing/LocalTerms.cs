namespace Billing.Web.Client.Importing;

/// <summary>How the pipeline in the browser reads a file.</summary>
public sealed record LocalTerms
{
    /// <summary>The layout.</summary>
    public SourceLayout Layout { get; init; } = SourceLayout.Default;

    /// <summary>The code of the currency that amounts are stated in.</summary>
    public string ReportingCurrency { get; init; } = "USD";

    /// <summary>The rates, or null for none.</summary>
    public IExchangeRates? Rates { get; init; }

    /// <summary>How a converted amount is rounded.</summary>
    public MidpointRounding Rounding { get; init; } = MidpointRounding.ToEven;

    /// <summary>The rules; null for none.</summary>
    public CategoryRules? Rules { get; init; }

    /// <summary>The identity; null for that of the layout.</summary>
    public RecordIdentity? Identity { get; init; }

    /// <summary>The scope, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>What the sender states, or null.</summary>
    public StatedTotals? Expect { get; init; }
}
