namespace Billing.Categories;

/// <summary>The account matches.</summary>
internal sealed class AccountCondition(TextMatch match) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => match.Holds(record.Account);
}
