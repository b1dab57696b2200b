using Billing.Settings;
using Billing.Values;

namespace Billing.Categories;

/// <summary>A part of a rule in a rules file, with what reading any such part needs: the rule's name in every error.</summary>
/// <param name="Rule">The rule in words: <c>Rule 'pubs'</c>.</param>
/// <param name="Name">The name of the member, which messages call it by.</param>
internal readonly record struct RuleNode(string Rule, string Name, SettingsNode Node)
{
    public RuleNode Part(SettingsMember member) => new(Rule, member.Name, member.Value);

    public RuleNode Item(SettingsNode item) => new(Rule, Name, item);

    /// <summary>What is wrong with the value.</summary>
    public BillingConfigurationException Error(string message) => Node.Error($"{Rule}: {message}");

    /// <summary>What is wrong with the name of a member.</summary>
    public BillingConfigurationException Error(SettingsMember member, string message) => Node.ErrorAt(member.Line, $"{Rule}: {message}");

    /// <summary>A text as written: spaces around it may matter where texts are compared.</summary>
    /// <exception cref="BillingConfigurationException">It is something else, or blank.</exception>
    public string Text() => Node.Kind == SettingsKind.Text && !string.IsNullOrWhiteSpace(Node.Text)
        ? Node.Text
        : throw Error($"'{Name}' is a text that is not blank, not {Node.Description}.");

    /// <summary>A text, or a list of at least one.</summary>
    public string[] Texts()
    {
        if (Node.Kind == SettingsKind.Text)
        {
            return [Text()];
        }

        if (Node.Kind != SettingsKind.List || Node.Items.Count == 0)
        {
            throw Error($"'{Name}' is a text or a list of texts with at least one, not {(Node.Kind == SettingsKind.List ? "an empty list" : Node.Description)}.");
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
        : throw Error($"'{Name}' is true or false, not {Node.Description}.");

    public decimal Number() => Node.Kind is SettingsKind.Number or SettingsKind.Text && ExactDecimal.TryParse(Node.Text, out decimal number)
        ? number
        : throw Error($"'{Name}' is a number of at most 28 digits, such as 1000 or \"0.10\", not {Node.Description}.");

    /// <summary>The members of an object, which has at least one, all among <paramref name="allowed"/>.</summary>
    public IReadOnlyList<SettingsMember> Members(params ReadOnlySpan<string> allowed)
    {
        if (Node.Kind != SettingsKind.Object || Node.Members.Count == 0)
        {
            throw Error($"'{Name}' is an object with {OneOf(allowed)}, not {(Node.Kind == SettingsKind.Object ? "an empty one" : Node.Description)}.");
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
