using System.Collections.ObjectModel;

namespace Billing.Categories;

/// <summary>Applies rules to records.</summary>
internal sealed class Categoriser
{
    private static readonly IReadOnlyList<string> None = Array.AsReadOnly(Array.Empty<string>());

    private readonly CategoryRule[] _requirements;
    private readonly ActiveRule[] _rules;

    // What was said last of records that no rule gives a category.
    private Categorisation? _last;

    public Categoriser(IReadOnlyList<CategoryRule> rules)
    {
        _requirements = [.. rules.Where(rule => rule.IsRequirement)];
        _rules = [.. rules.Where(rule => !rule.IsRequirement).Select(rule => new ActiveRule(rule))];
    }

    /// <summary>
    /// Applies the rules to a record that has its reporting amount. Requirements come first, wherever they are: if any fails, the result is only the first that fails.
    /// Allocates only if several flags or several alerts come together.
    /// </summary>
    public Categorisation Apply(IRuleSubject record)
    {
        foreach (CategoryRule requirement in _requirements)
        {
            if (!requirement.Holds(record))
            {
                return new Categorisation(null, null, None, None, None, requirement);
            }
        }

        ActiveRule? category = null;
        IReadOnlyList<string> flags = None;
        IReadOnlyList<string> alerts = None;
        IReadOnlyList<string> subjects = None;
        foreach (ActiveRule active in _rules)
        {
            CategoryRule rule = active.Rule;
            bool acts = (rule.Category is not null && category is null) || active.Flag is not null || active.Alert is not null;
            if (!acts || !rule.Holds(record))
            {
                continue;
            }

            category ??= rule.Category is null ? null : active;
            flags = Join(flags, active.Flag);
            IReadOnlyList<string> joined = Join(alerts, active.Alert);
            if (joined.Count > alerts.Count)
            {
                // Subjects have the same places as their alerts, even if they are equal.
                subjects = alerts.Count == 0 ? active.Subject : [.. subjects, active.Subject[0]];
                alerts = joined;
            }
        }

        return Shared(category, flags, alerts, subjects);
    }

    /// <summary>Returns a stored record with what the rules say of it; null if a requirement does not let it pass. A category that no rule gave is that of the source, and stays where no rule gives one.</summary>
    public BillingRecord? Revise(BillingRecord record)
    {
        Categorisation said = Apply(record);
        return said.FailedRequirement is not null ? null
            : record.Categorised(said.CategoryRule is null && record.CategoryRule is null ? said with { Category = record.Category } : said);
    }

    // Most records are told the same as an earlier one. Threads may overwrite it; each answer is whole.
    private Categorisation Shared(ActiveRule? category, IReadOnlyList<string> flags, IReadOnlyList<string> alerts, IReadOnlyList<string> subjects)
    {
        ref Categorisation? last = ref category is null ? ref _last : ref category.Last;
        if (last is { } known && ReferenceEquals(known.Flags, flags) && ReferenceEquals(known.Alerts, alerts) && ReferenceEquals(known.AlertSubjects, subjects))
        {
            return known;
        }

        return last = new Categorisation(category?.Rule.Category, category?.Rule.Name, flags, alerts, subjects, null);
    }

    // All records with only one name share its list; a second name gives the record a list of its own.
    private static IReadOnlyList<string> Join(IReadOnlyList<string> names, IReadOnlyList<string>? added)
    {
        if (added is null || ReferenceEquals(names, None))
        {
            return added ?? names;
        }

        string name = added[0];
        foreach (string known in names)
        {
            if (known == name)
            {
                return names;
            }
        }

        return [.. names, name];
    }

    private sealed class ActiveRule(CategoryRule rule)
    {
        private Categorisation? _last;

        public CategoryRule Rule => rule;

        /// <summary>What was said last of records that have their category from this rule.</summary>
        public ref Categorisation? Last => ref _last;

        public IReadOnlyList<string>? Flag { get; } = rule.Flag is null ? null : Array.AsReadOnly([rule.Flag]);

        public IReadOnlyList<string>? Alert { get; } = rule.Alert ? Array.AsReadOnly([rule.Name]) : null;

        public ReadOnlyCollection<string> Subject { get; } = Array.AsReadOnly([rule.AlertSubject]);
    }
}
