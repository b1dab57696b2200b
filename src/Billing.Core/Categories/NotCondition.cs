namespace Billing.Categories;

/// <summary>The opposite of a condition.</summary>
internal sealed class NotCondition(RecordCondition condition) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => !condition.Holds(record);
}
