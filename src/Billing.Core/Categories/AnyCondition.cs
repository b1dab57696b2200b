namespace Billing.Categories;

/// <summary>At least one of several conditions holds.</summary>
internal sealed class AnyCondition(RecordCondition[] conditions) : RecordCondition
{
    public override bool Holds(IRuleSubject record)
    {
        foreach (RecordCondition condition in conditions)
        {
            if (condition.Holds(record))
            {
                return true;
            }
        }

        return false;
    }
}
