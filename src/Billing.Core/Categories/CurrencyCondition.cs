namespace Billing.Categories;

/// <summary>The currency as invoiced is one of these.</summary>
internal sealed class CurrencyCondition(Currency[] currencies) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => Array.IndexOf(currencies, record.Amount.Currency) >= 0;
}
