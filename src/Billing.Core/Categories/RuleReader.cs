using Billing.Settings;

namespace Billing.Categories;

/// <summary>Reads one rule of a rules file.</summary>
internal static class RuleReader
{
    /// <param name="node">The rule, which messages call by its place until its name is known.</param>
    /// <exception cref="BillingConfigurationException">The rule is wrong.</exception>
    public static CategoryRule Read(RuleNode node)
    {
        if (node.Node.Kind != SettingsKind.Object)
        {
            throw node.Error($"A rule must be an object, not {node.Node.Description}.");
        }

        string name = Part(node, "name")?.Text().Trim() ?? throw node.Error("It has no name. Records, reports and messages carry the name: give it one.");
        node = node with { Rule = $"Rule '{name}'" };
        node.Members("name", "when", "require", "category", "flag", "alert", "message");
        return Part(node, "require") is { } requirement ? Requirement(node, name, requirement) : Classification(node, name);
    }

    private static CategoryRule Requirement(RuleNode node, string name, RuleNode requirement)
    {
        foreach (SettingsMember member in node.Node.Members)
        {
            if (member.Name is not ("name" or "require" or "message"))
            {
                throw node.Error(member, $"'{member.Name}' cannot be combined with 'require', which quarantines. Use a separate rule.");
            }
        }

        CategoryRule rule = new(name, ConditionReader.Read(requirement), isRequirement: true);
        return Part(node, "message")?.Text().Trim() is { } message ? rule.WithMessage(message) : rule;
    }

    private static CategoryRule Classification(RuleNode node, string name)
    {
        RuleNode when = Part(node, "when") ?? throw node.Error("It has neither 'when' nor 'require'. Say when it applies; { } means every record.");
        if (node.Node.Find("message") is { } misplaced)
        {
            throw node.Error(misplaced, "'message' is the text for the quarantine, and is allowed only with 'require'.");
        }

        bool everyRecord = when.Node is { Kind: SettingsKind.Object, Members.Count: 0 };
        CategoryRule rule = new(name, everyRecord ? new AllCondition([]) : ConditionReader.Read(when), isRequirement: false);
        rule = Part(node, "category")?.Text().Trim() is { } category ? rule.WithCategory(category) : rule;
        rule = Part(node, "flag")?.Text().Trim() is { } flag ? rule.WithFlag(flag) : rule;
        rule = Part(node, "alert") is { } alert ? Alert(alert, rule) : rule;
        return rule is { Category: null, Flag: null, Alert: false }
            ? throw node.Error("It does nothing. Give it a category, a flag or \"alert\": true.")
            : rule;
    }

    private static CategoryRule Alert(RuleNode node, CategoryRule rule)
    {
        if (node.Node.Kind == SettingsKind.Truth)
        {
            return node.Truth() ? rule.WithAlert() : rule;
        }

        if (node.Node.Kind != SettingsKind.Object)
        {
            throw node.Error($"'alert' must be true, false or {{ \"subject\": \"...\" }}, not {node.Node.Description}.");
        }

        RuleNode part = node.Part(node.Members("subject")[0]);
        string subject = part.Text().Trim();
        return AlertSubjects.FaultOf(subject) is { } fault ? throw part.Error(fault) : rule.WithAlert(subject);
    }

    private static RuleNode? Part(RuleNode node, string name) => node.Node.Find(name) is { } member ? node.Part(member) : null;
}
