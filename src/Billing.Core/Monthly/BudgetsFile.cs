using Billing.Settings;
using Billing.Values;

namespace Billing.Monthly;

/// <summary>Reads and checks a budgets file (docs/month.md).</summary>
internal static class BudgetsFile
{
    private const string Shape = "A budgets file is { \"budgets\": [ { \"category\": \"Travel\", \"month\": \"2025-06\", \"amount\": 500, \"alerts\": [80, 100] } ] }.";

    private static readonly string[] s_members = ["category", "month", "amount", "currency", "alerts"];

    /// <exception cref="BillingConfigurationException">The file is wrong; the message gives the file and the line.</exception>
    public static Budgets Read(ReadOnlySpan<byte> utf8, string file)
    {
        SettingsNode root = SettingsJson.Parse(utf8, file);
        if (root.Kind != SettingsKind.Object || root.Find("budgets") is not { Value.Kind: SettingsKind.List } list)
        {
            throw root.Error($"The list 'budgets' is missing. {Shape}");
        }

        bool spendingIsNegative = false;
        foreach (SettingsMember member in root.Members.Where(member => member != list))
        {
            spendingIsNegative = member.Name != "spending" ? throw root.ErrorAt(member.Line, $"'{member.Name}' is not known here. {Shape}")
                : member.Value is { Kind: SettingsKind.Text, Text: "positive" or "negative" } ? member.Value.Text == "negative"
                : throw member.Value.Error($"'spending' must be \"positive\", for invoices, or \"negative\", for statements of accounts, not {member.Value.Description}.");
        }

        List<Budget> budgets = [];
        HashSet<(string?, BillingMonth?)> seen = [];
        foreach (SettingsNode node in list.Value.Items)
        {
            Budget budget = ReadOne(node);
            if (!seen.Add((budget.Category, budget.Month)))
            {
                throw node.Error($"There is a budget for {budget.Name}, {(budget.Month is { } month ? month.ToString() : "every month")} above already. Keep one of them.");
            }

            budgets.Add(budget);
        }

        return new Budgets(budgets, spendingIsNegative);
    }

    private static Budget ReadOne(SettingsNode node)
    {
        if (node.Kind != SettingsKind.Object)
        {
            throw node.Error($"A budget must be an object, not {node.Description}. {Shape}");
        }

        foreach (SettingsMember member in node.Members)
        {
            if (!s_members.Contains(member.Name))
            {
                throw node.ErrorAt(member.Line, $"'{member.Name}' is not known in a budget. Use {string.Join(", ", s_members[..^1])} or {s_members[^1]}.");
            }
        }

        return new Budget
        {
            Category = node.Find("category") is { } category ? Text(category.Value, "category", "a text; leave it out for all records, and write \"\" for records without a category") : null,
            Month = node.Find("month") is { } month ? MonthOf(month.Value) : null,
            Amount = node.Find("amount") is { } amount ? Number(amount.Value, "amount", "an amount over zero of at most 28 digits, such as 500 or \"499.90\"") : throw node.Error("It has no amount. State what may be spent, in the reporting currency."),
            Currency = node.Find("currency") is { } currency ? CodeOf(currency.Value) : null,
            Alerts = node.Find("alerts") is { } alerts ? Shares(alerts.Value) : [80m, 100m],
        };
    }

    private static string Text(SettingsNode node, string name, string what) => node.Kind == SettingsKind.Text ? node.Text : throw node.Error($"'{name}' must be {what}, not {node.Description}.");

    private static BillingMonth MonthOf(SettingsNode node) => node.Kind == SettingsKind.Text && BillingMonth.TryParse(node.Text, out BillingMonth month)
        ? month
        : throw node.Error($"'month' must be a month such as \"2025-06\", not {node.Description}. Leave it out for every month.");

    private static string CodeOf(SettingsNode node) => node.Kind == SettingsKind.Text && Currency.TryParse(node.Text, out Currency? currency)
        ? currency.Code
        : throw node.Error($"'currency' must be a code of ISO 4217, such as \"USD\", not {node.Description}.");

    private static decimal Number(SettingsNode node, string name, string what) =>
        node.Kind is SettingsKind.Number or SettingsKind.Text && ExactDecimal.TryParse(node.Text, out decimal number) && number > 0m
            ? number
            : throw node.Error($"'{name}' must be {what}, not {node.Description}.");

    private static decimal[] Shares(SettingsNode node)
    {
        if (node.Kind != SettingsKind.List)
        {
            throw node.Error($"'alerts' must be a list of shares in percent, such as [80, 100], not {node.Description}.");
        }

        SortedSet<decimal> shares = [];
        foreach (SettingsNode item in node.Items)
        {
            if (!shares.Add(Number(item, "alerts", "shares in percent over zero, such as [80, 100]")))
            {
                throw item.Error($"The share {item.Text} is in 'alerts' twice. Keep one of them.");
            }
        }

        return [.. shares];
    }
}
