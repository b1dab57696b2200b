using System.Text.Json.Serialization;
using System.Text;
using Billing.Categories;
using Billing.Settings;

namespace Billing;

/// <summary>
/// An ordered list of rules. The first rule that matches and names a category sets it; flags and alerts accumulate;
/// a record for which a <c>require</c> rule does not hold is quarantined. See docs/rules-file.md.
/// </summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed class CategoryRules
{
    private Categoriser? _categoriser;

    internal CategoryRules(IReadOnlyList<CategoryRule> rules, string? json = null)
    {
        Rules = rules;
        Json = json;
    }

    /// <summary>The text of the rules file; null for rules in code.</summary>
    internal string? Json { get; }

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<CategoryRule> Rules { get; }

    /// <summary>Creates rules in code.</summary>
    public static CategoryRules Create(params IEnumerable<CategoryRule> rules) => new([.. rules]);

    /// <summary>Reads a rules file.</summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read or is not JSON, or a rule is wrong; the message names the file, the line and the reason.</exception>
    public static CategoryRules Load(string path) => Read(SettingsFile.ReadBytes(path), path);

    /// <summary>Reads rules from JSON. Messages call it <paramref name="name"/>.</summary>
    /// <exception cref="BillingConfigurationException">As for <see cref="Load"/>.</exception>
    public static CategoryRules Parse(string json, string name = "rules")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Read(Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>A copy of a record with what the rules say of it in place of its own: category, flags, alerts.</summary>
    /// <param name="record">A record that has its amounts.</param>
    /// <returns>The copy, or null where a <c>require</c> rule does not hold.</returns>
    public BillingRecord? Apply(BillingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Categorisation said = (_categoriser ??= new Categoriser(Rules)).Apply(record);
        return said.FailedRequirement is null ? record.Categorised(said) : null;
    }

    /// <summary>The names of the rules, in order.</summary>
    public override string ToString() => string.Join(", ", Rules);

    private static CategoryRules Read(byte[] utf8, string name) => new(RulesFile.Read(utf8, name), Encoding.UTF8.GetString(utf8).TrimStart('\uFEFF'));
}
