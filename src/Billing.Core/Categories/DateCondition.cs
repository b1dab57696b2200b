namespace Billing.Categories;

/// <summary>The date is between two days, both included.</summary>
internal sealed class DateCondition(DateOnly from, DateOnly to) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => record.Date >= from && record.Date <= to;
}
