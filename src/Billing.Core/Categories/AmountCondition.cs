namespace Billing.Categories;

/// <summary>The amount in the reporting currency is in a range.</summary>
internal sealed class AmountCondition(AmountRange range) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => range.Contains(record.ReportingAmount.Amount);
}
