namespace Billing.Categories;

/// <summary>The scope matches.</summary>
internal sealed class ScopeCondition(TextMatch match) : RecordCondition
{
    public override bool Holds(BillingRecord record) => match.Holds(record.Scope);
}
