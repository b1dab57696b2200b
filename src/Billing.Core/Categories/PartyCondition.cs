namespace Billing.Categories;

/// <summary>The party matches.</summary>
internal sealed class PartyCondition(TextMatch match) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => match.Holds(record.Party);
}
