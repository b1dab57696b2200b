using Billing.Settings;

namespace Billing.Categories;

/// <summary>Reads and checks a rules file (docs/rules-file.md).</summary>
internal static class RulesFile
{
    private const string Shape = "A rules file is { \"rules\": [ { \"name\": \"...\", \"when\": { }, \"category\": \"...\" } ] }.";

    /// <exception cref="BillingConfigurationException">The file is wrong; the message gives the file and the line, and names the rule.</exception>
    public static List<CategoryRule> Read(ReadOnlySpan<byte> utf8, string file)
    {
        SettingsNode root = SettingsJson.Parse(utf8, file);
        if (root.Kind != SettingsKind.Object || root.Find("rules") is not { Value.Kind: SettingsKind.List } rules)
        {
            throw root.Error($"The list 'rules' is missing. {Shape}");
        }

        foreach (SettingsMember member in root.Members)
        {
            if (member != rules)
            {
                throw root.ErrorAt(member.Line, $"'{member.Name}' is not known here. {Shape}");
            }
        }

        List<CategoryRule> read = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (SettingsNode node in rules.Value.Items)
        {
            CategoryRule rule = RuleReader.Read(new RuleNode($"Rule {read.Count + 1}", "rule", node));
            if (!names.Add(rule.Name))
            {
                throw node.Error($"Rule '{rule.Name}' appears twice. Records carry the name: give each rule its own.");
            }

            read.Add(rule);
        }

        return read;
    }
}
