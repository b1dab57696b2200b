using Billing.Settings;
using Billing.Values;

namespace Billing.Categories;

/// <summary>A part of a rule in a rules file, with what reading it needs: every error names the rule.</summary>
/// <param name="Rule">The rule in words: <c>Rule 'pubs'</c>.</param>
/// <param name="Name">The name of the member in messages.</param>
internal readonly record struct RuleNode(string Rule, string Name, SettingsNode Node)
{
    public RuleNode Part(SettingsMember member) => new(Rule, member.Name, member.Value);

    public RuleNode Item(SettingsNode item) => new(Rule, Name, item);

    /// <summary>Returns an error about the value.</summary>
    public BillingConfigurationException Error(string message) => Node.Error($"{Rule}: {message}");

    /// <summary>Returns an error about the name of a member.</summary>
    public BillingConfigurationException Error(SettingsMember member, string message) => Node.ErrorAt(member.Line, $"{Rule}: {message}");

    /// <summary>Returns a text as written: spaces around it may matter when texts are compared.</summary>
    /// <exception cref="BillingConfigurationException">It is something else, or blank.</exception>
    public string Text() => Node.Kind == SettingsKind.Text && !string.IsNullOrWhiteSpace(Node.Text)
        ? Node.Text
        : throw Error($"'{Name}' must be a text that is not blank, not {Node.Description}.");

    /// <summary>Returns a text, or a list of at least one.</summary>
    public string[] Texts()
    {
        if (Node.Kind == SettingsKind.Text)
        {
            return [Text()];
        }

        if (Node.Kind != SettingsKind.List || Node.Items.Count == 0)
        {
            throw Error($"'{Name}' must be a text or a list of at least one text, not {(Node.Kind == SettingsKind.List ? "an empty list" : Node.Description)}.");
        }

        string[] texts = new string[Node.Items.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = Item(Node.Items[i]).Text();
        }

        return texts;
    }

    public bool Truth() => Node.Kind == SettingsKind.Truth
        ? Node.Text == "true"
        : throw Error($"'{Name}' must be true or false, not {Node.Description}.");

    public decimal Number() => Node.Kind is SettingsKind.Number or SettingsKind.Text && ExactDecimal.TryParse(Node.Text, out decimal number)
        ? number
        : throw Error($"'{Name}' must be a number of at most 28 digits, such as 1000 or \"0.10\", not {Node.Description}.");

    /// <summary>Returns the members of an object, which has at least one, all among <paramref name="allowed"/>.</summary>
    public IReadOnlyList<SettingsMember> Members(params ReadOnlySpan<string> allowed)
    {
        if (Node.Kind != SettingsKind.Object || Node.Members.Count == 0)
        {
            throw Error($"'{Name}' must be an object with {OneOf(allowed)}, not {(Node.Kind == SettingsKind.Object ? "an empty one" : Node.Description)}.");
        }

        foreach (SettingsMember member in Node.Members)
        {
            if (!allowed.Contains(member.Name))
            {
                throw Error(member, $"'{member.Name}' is not known in '{Name}'. Use {OneOf(allowed)}.");
            }
        }

        return Node.Members;
    }

    private static string OneOf(ReadOnlySpan<string> names) => names.Length == 1
        ? names[0]
        : $"{string.Join(", ", names[..^1])} or {names[^1]}";
}
