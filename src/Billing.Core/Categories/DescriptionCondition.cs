namespace Billing.Categories;

/// <summary>The description matches.</summary>
internal sealed class DescriptionCondition(TextMatch match) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => match.Holds(record.Description);
}
