namespace Billing.Categories;

/// <summary>A condition of a rules file. Pure, thread-safe, and without allocations.</summary>
internal abstract class RecordCondition
{
    public abstract bool Holds(IRuleSubject record);
}
