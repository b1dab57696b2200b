namespace Billing;

/// <summary>What a rule did in a trial.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequirement">Whether it is a <c>require</c> rule.</param>
/// <param name="Matches">The number of records for which its condition holds, whatever the other rules say. For a <c>require</c> rule: those for which it does not hold.</param>
/// <param name="Decides">The number of records whose category it gives. For a <c>require</c> rule: those that it refuses because no earlier one does.</param>
/// <param name="ShadowedBy">If it matches records and decides none of them although it gives a category or refuses: the earlier rules that do, with the one that takes most of them first. Otherwise empty.</param>
public sealed record RuleUse(string Name, bool IsRequirement, long Matches, long Decides, IReadOnlyList<string> ShadowedBy)
{
    /// <summary>Whether it matches no record. A <c>require</c> rule that holds for all records does its work.</summary>
    public bool NeverMatches => Matches == 0 && !IsRequirement;

    /// <summary>Whether it matches records, but earlier rules decide on all of them.</summary>
    public bool IsShadowed => ShadowedBy.Count > 0;

    /// <summary>The name and the counts, such as <c>late: matches 3, decides 0, shadowed by early</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: matches {Matches}, decides {Decides}{(IsShadowed ? ", shadowed by " + string.Join(", ", ShadowedBy) : "")}");
}
