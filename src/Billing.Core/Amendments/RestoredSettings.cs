using Billing.Categories;
using Billing.Currencies;

namespace Billing.Amendments;

/// <summary>The rates and rules that a run kept, as far as they can be used again.</summary>
internal sealed class RestoredSettings
{
    public RestoredSettings(RunSettings settings, string runId)
    {
        Rounding = settings.Rounding;
        RatesMissing = settings.RatesInCode is { } code ? $"rates were set in code ({code})" : null;
        try
        {
            Rates = settings.Rates is { } rates ? KeptRates.Restore(rates, runId) : null;
        }
        catch (BillingConfigurationException)
        {
            RatesMissing = "rates are in a file that has changed or is gone";
        }

        RulesMissing = settings.RulesInCode is { } names ? $"rules were set in code ({names})" : null;
        Categoriser = RulesMissing is null ? new Categoriser(settings.Rules is { } rules ? [.. KeptRules.Restore(rules, runId).SelectMany(file => file.Rules)] : []) : null;
    }

    /// <summary>The rates; null if there were none, or for <see cref="RatesMissing"/>.</summary>
    public IExchangeRates? Rates { get; }

    /// <summary>Why there are no rates, though the run had some; or null.</summary>
    public string? RatesMissing { get; }

    /// <summary>How the run rounded; null for runs of earlier versions.</summary>
    public MidpointRounding? Rounding { get; }

    /// <summary>The rules, which may be none; null for <see cref="RulesMissing"/>.</summary>
    public Categoriser? Categoriser { get; }

    /// <summary>Why the rules are not there; or null.</summary>
    public string? RulesMissing { get; }
}
