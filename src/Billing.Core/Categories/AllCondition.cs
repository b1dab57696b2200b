namespace Billing.Categories;

/// <summary>Every one of several conditions; always, when there is none.</summary>
internal sealed class AllCondition(RecordCondition[] conditions) : RecordCondition
{
    public override bool Holds(BillingRecord record)
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
