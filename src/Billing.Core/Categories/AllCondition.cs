namespace Billing.Categories;

/// <summary>All of several conditions hold; true if there are none.</summary>
internal sealed class AllCondition(RecordCondition[] conditions) : RecordCondition
{
    public override bool Holds(IRuleSubject record)
    {
        foreach (RecordCondition condition in conditions)
        {
            if (!condition.Holds(record))
            {
                return false;
            }
        }

        return true;
    }
}
