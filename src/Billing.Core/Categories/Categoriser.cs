namespace Billing.Categories;

/// <summary>Applies rules to records.</summary>
internal sealed class Categoriser(IReadOnlyList<CategoryRule> rules)
{
    /// <summary>What the rules say of a record that has its reporting amount. Allocates only for flags and alerts.</summary>
    public Categorisation Apply(BillingRecord record)
    {
        _ = rules;
        throw new NotImplementedException();
    }
}
