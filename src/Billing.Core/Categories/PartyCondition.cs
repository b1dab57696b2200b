namespace Billing.Categories;

/// <summary>The party matches.</summary>
internal sealed class PartyCondition(TextMatch match) : RecordCondition
{
    public override bool Holds(BillingRecord record) => match.Holds(record.Party);
}
