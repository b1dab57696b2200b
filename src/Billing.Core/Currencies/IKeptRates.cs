namespace Billing.Currencies;

/// <summary>Rates that a run can keep by content.</summary>
internal interface IKeptRates
{
    /// <summary>As <see cref="RunSettings.Rates"/> has it.</summary>
    string Keep();
}
