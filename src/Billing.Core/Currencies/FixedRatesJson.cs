using System.Globalization;
using Billing.Settings;
using Billing.Values;

namespace Billing.Currencies;

/// <summary>Reads <c>{"quote":"USD","date":"2025-06-30","source":"treasury","rates":{"CAD":"0.75"}}</c>.</summary>
internal static class FixedRatesJson
{
    private const string Shape = "Write {\"quote\":\"USD\",\"rates\":{\"CAD\":\"0.75\"}}, optionally with \"date\" and \"source\".";

    public static FixedRateTable Read(ReadOnlySpan<byte> utf8, string file)
    {
        SettingsNode root = SettingsJson.Parse(utf8, file);
        if (root.Kind != SettingsKind.Object)
        {
            throw root.Error($"A rates file must be an object, not {root.Description}. {Shape}");
        }

        foreach (SettingsMember member in root.Members)
        {
            if (member.Name is not ("quote" or "date" or "source" or "rates"))
            {
                throw root.ErrorAt(member.Line, $"'{member.Name}' is not known here. {Shape}");
            }
        }

        SettingsNode quoteNode = Text(root, "quote") ?? throw root.Error($"'quote', the currency that the rates are in, is missing. {Shape}");
        if (!Currency.TryParse(quoteNode.Text, out Currency? quote))
        {
            throw quoteNode.Error(RateFaults.UnknownCurrency(quoteNode.Text));
        }

        return Rates(root, quote, Date(root), Text(root, "source")?.Text ?? Path.GetFileName(file));
    }

    private static FixedRateTable Rates(SettingsNode root, Currency quote, DateOnly? date, string source)
    {
        SettingsNode rates = root.Find("rates")?.Value ?? throw root.Error($"'rates' is missing. {Shape}");
        if (rates.Kind != SettingsKind.Object || rates.Members.Count == 0)
        {
            throw rates.Error($"'rates' must be an object with at least one rate. {Shape}");
        }

        FixedRateTable table = new();
        foreach (SettingsMember member in rates.Members)
        {
            SettingsNode value = member.Value;
            if (value.Kind is not (SettingsKind.Text or SettingsKind.Number) || !ExactDecimal.TryParse(value.Text, out decimal rate))
            {
                throw value.Error($"{member.Name}: {RateFaults.BadRate(value.Kind is SettingsKind.Text or SettingsKind.Number ? value.Text : value.Description)}");
            }

            if (table.Add(member.Name, quote, rate, date, source) is { } fault)
            {
                throw root.ErrorAt(member.Line, fault);
            }
        }

        return table;
    }

    private static DateOnly? Date(SettingsNode root)
    {
        if (Text(root, "date") is not { } node)
        {
            return null;
        }

        return DateOnly.TryParseExact(node.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw node.Error(RateFaults.BadDate(node.Text));
    }

    private static SettingsNode? Text(SettingsNode root, string name)
    {
        if (root.Find(name)?.Value is not { } node)
        {
            return null;
        }

        return node.Kind == SettingsKind.Text && !string.IsNullOrWhiteSpace(node.Text)
            ? node
            : throw node.Error($"'{name}' must be a text, not {node.Description}. {Shape}");
    }
}
