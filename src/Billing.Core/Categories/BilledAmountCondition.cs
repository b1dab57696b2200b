namespace Billing.Categories;

/// <summary>The amount as invoiced, whatever its currency, is in a range.</summary>
internal sealed class BilledAmountCondition(AmountRange range) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => range.Contains(record.Amount.Amount);
}
