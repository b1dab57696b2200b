namespace Billing.Currencies;

/// <summary>Rates that a run can keep by content.</summary>
internal interface IKeptRates
{
    /// <summary>The rates in the form of <see cref="RunSettings.Rates"/>.</summary>
    string Keep();
}
