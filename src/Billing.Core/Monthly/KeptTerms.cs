using Billing.Currencies;

namespace Billing.Monthly;

/// <summary>The terms of a closing: kept by content, and restored.</summary>
internal static class KeptTerms
{
    /// <exception cref="BillingConfigurationException">The rules or the rates were made in code.</exception>
    public static (string? Rules, string? Rates) Keep(MonthTerms terms)
    {
        if (terms.Rules is { Json: null })
        {
            throw new BillingConfigurationException("The rules of the report were made in code, and a closing cannot keep them. Load them from a file (CategoryRules.Load).");
        }

        return terms.Rates is not null and not IKeptRates
            ? throw new BillingConfigurationException($"The rates of the report were made in code ({terms.Rates.GetType().Name}), and a closing cannot keep them. Load them from a file (FixedRates.Load, EcbRates.Load).")
            : (terms.Rules?.Json, (terms.Rates as IKeptRates)?.Keep());
    }

    /// <exception cref="BillingException">The time zone is not known on this machine.</exception>
    /// <exception cref="BillingConfigurationException">The rates come from a file that no longer exists or has changed.</exception>
    public static MonthTerms Restore(MonthClosing closing) => new()
    {
        Zone = closing.Zone is { } zone ? ZoneOf(zone, closing) : null,
        Rules = closing.Rules is { } rules ? CategoryRules.Parse(rules, $"rules of {closing}") : null,
        Rates = closing.Rates is { } rates ? KeptRates.Restore(rates, $"the closing of {closing.Month}", "To read it as it was closed, bring the file back") : null,
        Rounding = closing.Rounding,
    };

    private static TimeZoneInfo ZoneOf(string id, MonthClosing closing)
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception exception) when (exception is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            throw new BillingException($"{closing.Month} was closed by the clocks of {id}, which this machine does not know. Install the time zone data (package tzdata).", exception);
        }
    }
}
