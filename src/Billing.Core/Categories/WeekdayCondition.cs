namespace Billing.Categories;

/// <summary>The date is one of these days of the week.</summary>
/// <param name="days">Bit n stands for the <see cref="DayOfWeek"/> n.</param>
internal sealed class WeekdayCondition(int days) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => (days & (1 << (int)record.Date.DayOfWeek)) != 0;
}
