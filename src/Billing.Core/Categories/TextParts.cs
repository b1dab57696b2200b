using Billing.Settings;

namespace Billing.Categories;

/// <summary>Collects <c>is</c>, <c>in</c>, <c>contains</c> and <c>startsWith</c> of a rules file.</summary>
internal struct TextParts
{
    private string[]? _oneOf;
    private string[]? _contained;
    private string[]? _beginnings;

    public void Take(RuleNode node, SettingsMember member)
    {
        RuleNode part = node.Part(member);
        switch (member.Name)
        {
            case "is" or "in" when _oneOf is not null:
                throw node.Error(member, $"'{node.Name}' has both is and in. Use one of them.");
            case "is":
                _oneOf = [part.Text()];
                break;
            case "in":
                _oneOf = part.Texts();
                break;
            case "contains":
                _contained = part.Texts();
                break;
            default:
                _beginnings = part.Texts();
                break;
        }
    }

    /// <summary>Returns the match; null if none was given.</summary>
    public readonly TextMatch? Match(StringComparison comparison) => _oneOf is null && _contained is null && _beginnings is null
        ? null
        : new TextMatch(_oneOf, _contained, _beginnings, comparison);
}
