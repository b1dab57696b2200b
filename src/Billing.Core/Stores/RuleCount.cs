namespace Billing.Stores;

/// <summary>What one rule did so far.</summary>
internal sealed class RuleCount(CategoryRule rule)
{
    private readonly Dictionary<string, long> _earlier = [];

    public CategoryRule Rule => rule;

    /// <summary>Whether the rule can decide what becomes of a record.</summary>
    public bool Decides => rule.IsRequirement || rule.Category is not null;

    public long Matches { get; set; }

    public long Decided { get; set; }

    /// <summary>Counts a record that the rule matches and an earlier rule decides.</summary>
    public void LostTo(RuleCount earlier) => _earlier[earlier.Rule.Name] = _earlier.GetValueOrDefault(earlier.Rule.Name) + 1;

    public RuleUse ToUse() => new(
        rule.Name,
        rule.IsRequirement,
        Matches,
        Decided,
        Decided > 0 ? [] : [.. _earlier.OrderByDescending(other => other.Value).ThenBy(other => other.Key, StringComparer.Ordinal).Select(other => other.Key)]);
}
