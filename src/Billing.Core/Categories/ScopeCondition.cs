namespace Billing.Categories;

/// <summary>The scope matches.</summary>
internal sealed class ScopeCondition(TextMatch match) : RecordCondition
{
    public override bool Holds(IRuleSubject record) => match.Holds(record.Scope);
}
