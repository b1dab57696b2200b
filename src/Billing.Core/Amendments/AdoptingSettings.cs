using Billing.Currencies;

namespace Billing.Amendments;

/// <summary>Makes the reporting amount and the category of records of one run as another run makes them.</summary>
internal sealed class AdoptingSettings
{
    private readonly RestoredSettings _settings;
    private readonly bool _haveEqualRates;
    private readonly bool _haveEqualRules;

    private AdoptingSettings(RunSettings from, RunSettings to, string runId)
    {
        _settings = new RestoredSettings(to, runId);
        _haveEqualRates = HaveEqualRates(from, to);
        _haveEqualRules = HaveEqualRules(from, to);
    }

    /// <summary>Returns what makes them; null if both runs make the same of a record: as far as what they kept can tell, where rates or rules were set in code.</summary>
    /// <param name="from">The settings of the run that made the records; null for runs of earlier versions, which kept none.</param>
    /// <param name="to">Those of the other run.</param>
    /// <param name="runId">The id of the other run, for errors.</param>
    public static AdoptingSettings? Between(RunSettings? from, RunSettings? to, string runId) =>
        from is null || to is null || (HaveEqualRates(from, to) && HaveEqualRules(from, to)) ? null : new AdoptingSettings(from, to, runId);

    /// <summary>Returns the record as the other run makes it, or null and what is missing to make it.</summary>
    public BillingRecord? Make(BillingRecord record, out string? missing)
    {
        BillingRecord? made = record;
        missing = record.ExchangeRate is null || _haveEqualRates ? null
            : _settings.RatesMissing is { } rates ? $"its {rates}"
            : _settings.Rates is null ? "it kept no rates"
            : _settings.Rounding is not { } rounding ? "it did not keep how it rounds"
            : !MoneyConverter.TryRestate(record, _settings.Rates, rounding, out made) ? $"its rates have none for {record.Amount.Currency.Code} on {record.Date:O}"
            : null;
        if (missing is not null)
        {
            return null;
        }

        // Rules may look at the amount.
        if (_haveEqualRules && made!.ReportingAmount == record.ReportingAmount)
        {
            return made;
        }

        missing = _settings.RulesMissing is { } rules ? $"its {rules}"
            : ErasedText.Is(record) ? "its text was erased, and rules cannot be applied to it"
            : (made = _settings.Categoriser!.Revise(made!)) is null ? "a requirement of its rules does not let it pass"
            : null;
        return missing is null ? made : null;
    }

    private static bool HaveEqualRates(RunSettings one, RunSettings other) => one.Rates == other.Rates && one.RatesInCode == other.RatesInCode && one.Rounding == other.Rounding;

    private static bool HaveEqualRules(RunSettings one, RunSettings other) => one.Rules == other.Rules && one.RulesInCode == other.RulesInCode;
}
