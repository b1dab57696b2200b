using System.Text;
using Billing.Categories;
using Billing.Parsing;

namespace Billing;

/// <summary>
/// Rules in order: the first that matches and names a category gives it; flags and alerts accumulate;
/// a record for which a <c>require</c> rule does not hold is quarantined. See docs/rules-file.md.
/// </summary>
public sealed class CategoryRules
{
    internal CategoryRules(IReadOnlyList<CategoryRule> rules) => Rules = rules;

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<CategoryRule> Rules { get; }

    /// <summary>Rules in code.</summary>
    public static CategoryRules Create(params IEnumerable<CategoryRule> rules) => new([.. rules]);

    /// <summary>Reads a rules file.</summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read, is no JSON, or a rule is wrong; the message names file, line and reason.</exception>
    public static CategoryRules Load(string path) => new(RulesFile.Read(SettingsFile.ReadBytes(path), path));

    /// <summary>Reads rules from JSON; messages call it <paramref name="name"/>.</summary>
    /// <exception cref="BillingConfigurationException">As for <see cref="Load"/>.</exception>
    public static CategoryRules Parse(string json, string name = "rules")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return new CategoryRules(RulesFile.Read(Encoding.UTF8.GetBytes(json), name));
    }
}
