using Billing.Categories;
using Billing.Currencies;

namespace Billing.Amendments;

/// <summary>The settings that a run kept, by which it makes the reporting amount and the category of a record.</summary>
internal sealed class AdoptingSettings
{
    private readonly RunSettings _settings;
    private readonly IExchangeRates? _rates;
    private readonly string? _ratesMissing;
    private readonly Categoriser? _categoriser;

    public AdoptingSettings(RunSettings settings, string runId)
    {
        _settings = settings;
        _ratesMissing = settings.RatesInCode is { } code ? $"its rates were set in code ({code})" : settings.Rates is null ? "it kept no rates" : null;
        try
        {
            _rates = settings.Rates is { } rates ? KeptRates.Restore(rates, runId) : null;
        }
        catch (BillingConfigurationException e)
        {
            _ratesMissing = $"its rates cannot be read again ({e.Message.TrimEnd('.')})";
        }

        _categoriser = settings.RulesInCode is null ? new Categoriser(settings.Rules is { } rules ? [.. KeptRules.Restore(rules, runId).SelectMany(file => file.Rules)] : []) : null;
    }

    /// <summary>Whether two runs make the same of a record: as far as what they kept can tell, where rates or rules were set in code.</summary>
    public static bool AreEqual(RunSettings one, RunSettings other) => HaveEqualRates(one, other) && HaveEqualRules(one, other);

    /// <summary>Returns the record as the run makes it, or null and what is missing to make it.</summary>
    /// <param name="first">The record as another run made it.</param>
    /// <param name="before">The settings of that run.</param>
    /// <param name="missing">What is missing.</param>
    public BillingRecord? Make(BillingRecord first, RunSettings before, out string? missing)
    {
        missing = null;
        BillingRecord made = first;
        if (first.ExchangeRate is not null && !HaveEqualRates(before, _settings))
        {
            Money amount = default;
            ExchangeRate? rate = null;
            missing = _ratesMissing
                ?? (_settings.Rounding is null ? "it did not keep how it rounds" : null)
                ?? (_rates!.TryGetRate(first.Amount.Currency, first.ReportingAmount.Currency, first.Date, out rate) && MoneyConverter.TryConvert(first.Amount, rate, _settings.Rounding!.Value, out amount)
                    ? null
                    : $"its rates have none for {first.Amount.Currency.Code} on {first.Date:O}");
            if (missing is not null)
            {
                return null;
            }

            made = first.Restated(amount, rate!);
        }

        if (made.ReportingAmount == first.ReportingAmount && HaveEqualRules(before, _settings))
        {
            return made;
        }

        if (_categoriser is null)
        {
            missing = $"its rules were set in code ({_settings.RulesInCode})";
            return null;
        }

        if (ErasedText.Is(first))
        {
            missing = "its text was erased, and rules cannot be applied to it";
            return null;
        }

        Categorisation said = _categoriser.Apply(made);

        // A category that no rule gave is that of the source.
        return made.Categorised(said.Category is null && first.CategoryRule is null ? said with { Category = first.Category } : said);
    }

    private static bool HaveEqualRates(RunSettings one, RunSettings other) => one.Rates == other.Rates && one.RatesInCode == other.RatesInCode && one.Rounding == other.Rounding;

    private static bool HaveEqualRules(RunSettings one, RunSettings other) => one.Rules == other.Rules && one.RulesInCode == other.RulesInCode;
}
