using Billing.Settings;

namespace Billing.Proofs;

/// <summary>Reads stated totals from a JSON file. Every error names its line.</summary>
internal static class StatedFile
{
    private const string Members = "rows, total, opening, closing";

    /// <param name="utf8">The file.</param>
    /// <param name="path">Its path, for messages. Reports have its name alone.</param>
    /// <exception cref="BillingConfigurationException">The file does not state totals.</exception>
    public static StatedTotals Read(ReadOnlySpan<byte> utf8, string path)
    {
        SettingsNode root = SettingsJson.Parse(utf8, path);
        if (root.Kind != SettingsKind.Object)
        {
            throw root.Error($"Stated totals must be an object, such as {{ \"rows\": 1200, \"total\": {{ \"EUR\": \"8415.84\" }} }}, not {root.Description}.");
        }

        StatedTotals stated = new() { Name = Path.GetFileName(path) };
        foreach (SettingsMember member in root.Members)
        {
            stated = member.Name switch
            {
                "rows" => stated with { Rows = Rows(member) },
                "total" => stated with { Totals = Money(member) },
                "opening" => stated with { Openings = Money(member) },
                "closing" => stated with { Closings = Money(member) },
                _ => throw root.ErrorAt(member.Line, $"Stated totals have no '{member.Name}'. They may have {Members}."),
            };
        }

        return stated.IsEmpty ? throw root.Error($"Nothing is stated. State {Members}, or leave the file out.") : stated;
    }

    private static long? Rows(SettingsMember member) =>
        IsFigure(member.Value) && StatedText.TryReadRows(member.Value.Text, out long? rows)
            ? rows
            : throw member.Value.Error($"'{member.Name}' must be a number of rows, not {member.Value.Description}.");

    // One figure alone is in the only currency of the source.
    private static Dictionary<string, ExactSum> Money(SettingsMember member)
    {
        if (member.Value.Kind != SettingsKind.Object)
        {
            return new(StringComparer.Ordinal) { [""] = Amount(member) };
        }

        Dictionary<string, ExactSum> money = new(StringComparer.Ordinal);
        foreach (SettingsMember currency in member.Value.Members)
        {
            if (!money.TryAdd(StatedText.CodeOf(currency.Name), Amount(currency)))
            {
                throw member.Value.ErrorAt(currency.Line, $"'{member.Name}' states '{currency.Name}' twice. State it once.");
            }
        }

        return money;
    }

    private static ExactSum Amount(SettingsMember member) =>
        IsFigure(member.Value) && StatedText.TryReadMoney(member.Value.Text, out ExactSum money)
            ? money
            : throw member.Value.Error($"'{member.Name}' must be an amount with a point and without grouping, such as \"8415.84\", not {member.Value.Description}.");

    private static bool IsFigure(SettingsNode node) => node.Kind is SettingsKind.Text or SettingsKind.Number;
}
