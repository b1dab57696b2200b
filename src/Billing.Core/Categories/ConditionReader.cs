using System.Globalization;
using Billing.Settings;

namespace Billing.Categories;

/// <summary>Reads the conditions of a rules file (docs/rules-file.md).</summary>
internal static class ConditionReader
{
    private static readonly string[] Known =
        ["amount", "billedAmount", "text", "party", "description", "account", "currency", "weekday", "date", "attribute", "scope", "any", "all", "not"];

    /// <summary>Reads all members of an object, which has at least one.</summary>
    /// <exception cref="BillingConfigurationException">A condition is wrong.</exception>
    public static RecordCondition Read(RuleNode node)
    {
        IReadOnlyList<SettingsMember> members = node.Members(Known);
        RecordCondition[] conditions = new RecordCondition[members.Count];
        for (int i = 0; i < conditions.Length; i++)
        {
            conditions[i] = Condition(node.Part(members[i]));
        }

        return conditions.Length == 1 ? conditions[0] : new AllCondition(conditions);
    }

    private static RecordCondition Condition(RuleNode node) => node.Name switch
    {
        "amount" => new AmountCondition(Range(node)),
        "billedAmount" => new BilledAmountCondition(Range(node)),
        "text" => new TextCondition(new WordSearch(node.Texts().Select(word => word.Trim()))),
        "party" => new PartyCondition(Match(node)),
        "description" => new DescriptionCondition(Match(node)),
        "account" => new AccountCondition(Match(node)),
        "currency" => new CurrencyCondition(Currencies(node)),
        "weekday" => new WeekdayCondition(Weekdays(node)),
        "date" => Dates(node),
        "attribute" => Attribute(node),
        "scope" => new ScopeCondition(new TextMatch(node.Texts(), null, null, StringComparison.Ordinal)),
        "any" => new AnyCondition(List(node)),
        "all" => new AllCondition(List(node)),
        _ => new NotCondition(Read(node)),
    };

    private static RecordCondition[] List(RuleNode node)
    {
        if (node.Node.Kind != SettingsKind.List || node.Node.Items.Count == 0)
        {
            throw node.Error($"'{node.Name}' must be a list of at least one condition, such as [{{ \"currency\": \"EUR\" }}], not {(node.Node.Kind == SettingsKind.List ? "an empty list" : node.Node.Description)}.");
        }

        RecordCondition[] conditions = new RecordCondition[node.Node.Items.Count];
        for (int i = 0; i < conditions.Length; i++)
        {
            conditions[i] = Read(node.Item(node.Node.Items[i]));
        }

        return conditions;
    }

    private static AmountRange Range(RuleNode node)
    {
        AmountRange range = default;
        foreach (SettingsMember member in node.Members("over", "atLeast", "under", "atMost", "equals"))
        {
            decimal bound = node.Part(member).Number();
            bool lower = member.Name is "over" or "atLeast" or "equals";
            bool upper = member.Name is "under" or "atMost" or "equals";
            if ((lower && range.Lower is not null) || (upper && range.Upper is not null))
            {
                throw node.Error(member, $"'{node.Name}' has two bounds on one side. Use one of over and atLeast, one of under and atMost, or equals alone.");
            }

            range = lower ? range with { Lower = bound, LowerIncluded = member.Name != "over" } : range;
            range = upper ? range with { Upper = bound, UpperIncluded = member.Name != "under" } : range;
        }

        return range.IsEmpty ? throw node.Error($"'{node.Name}' can never hold: no amount is within these bounds.") : range;
    }

    private static TextMatch Match(RuleNode node)
    {
        TextParts parts = new();
        foreach (SettingsMember member in node.Members("is", "in", "contains", "startsWith"))
        {
            parts.Take(node, member);
        }

        return parts.Match(StringComparison.OrdinalIgnoreCase)!;
    }

    private static AttributeCondition Attribute(RuleNode node)
    {
        string? name = null;
        bool? exists = null;
        TextParts parts = new();
        foreach (SettingsMember member in node.Members("name", "is", "in", "contains", "startsWith", "exists"))
        {
            switch (member.Name)
            {
                case "name":
                    name = node.Part(member).Text();
                    break;
                case "exists":
                    exists = node.Part(member).Truth();
                    break;
                default:
                    parts.Take(node, member);
                    break;
            }
        }

        TextMatch? match = parts.Match(StringComparison.Ordinal);
        if (name is null || (match is null && exists is null))
        {
            throw node.Error("'attribute' needs a name and what its value must be: is, in, contains, startsWith or exists.");
        }

        return match is not null && exists == false
            ? throw node.Error("'attribute' can never hold: a value that does not exist cannot match anything. Leave exists out.")
            : new AttributeCondition(name, exists, match);
    }

    private static Currency[] Currencies(RuleNode node)
    {
        string[] codes = node.Texts();
        Currency[] currencies = new Currency[codes.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            currencies[i] = Currency.TryParse(codes[i], out Currency? currency)
                ? currency
                : throw Element(node, i).Error($"'{codes[i]}' is not a currency of ISO 4217. Use the alphabetic code, such as USD, EUR or JPY.");
        }

        return currencies;
    }

    private static int Weekdays(RuleNode node)
    {
        int days = 0;
        string[] names = node.Texts();
        for (int i = 0; i < names.Length; i++)
        {
            DayOfWeek? day = Weekday(names[i]);
            days |= 1 << (int)(day ?? throw Element(node, i).Error($"'{names[i]}' is not a day of the week. Use Monday, Tuesday, Wednesday, Thursday, Friday, Saturday or Sunday."));
        }

        return days;
    }

    private static DayOfWeek? Weekday(string name)
    {
        foreach (DayOfWeek day in Enum.GetValues<DayOfWeek>())
        {
            if (day.ToString().Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return day;
            }
        }

        return null;
    }

    private static DateCondition Dates(RuleNode node)
    {
        DateOnly from = DateOnly.MinValue;
        DateOnly to = DateOnly.MaxValue;
        foreach (SettingsMember member in node.Members("from", "to"))
        {
            DateOnly date = Date(node.Part(member));
            (from, to) = member.Name == "from" ? (date, to) : (from, date);
        }

        return from > to ? throw node.Error("'date' can never hold: from is after to.") : new DateCondition(from, to);
    }

    private static DateOnly Date(RuleNode node)
    {
        string text = node.Text();
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw node.Error($"'{text}' is not a date. Write it as yyyy-MM-dd, such as 2025-06-30.");
    }

    /// <summary>Returns the node of one text of <see cref="RuleNode.Texts"/>.</summary>
    private static RuleNode Element(RuleNode node, int index) =>
        node.Node.Kind == SettingsKind.List ? node.Item(node.Node.Items[index]) : node;
}
