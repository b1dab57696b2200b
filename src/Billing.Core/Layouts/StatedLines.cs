using System.Text.Json;
using Billing.Settings;

namespace Billing.Layouts;

/// <summary>The lines that state totals, in layout files.</summary>
internal static class StatedLines
{
    private const string Members = "line, rows, total, debit, credit, opening, closing, direction, currency, optional, dated";

    /// <exception cref="BillingConfigurationException">It is not a list of such lines.</exception>
    public static StatedLine[] Read(SettingsMember stated) => stated.Value.Kind == SettingsKind.List
        ? [.. stated.Value.Items.Select(Read)]
        : throw stated.Value.Error($"'{stated.Name}' must be a list of lines in brackets, not {stated.Value.Description}.");

    public static void Write(Utf8JsonWriter json, IReadOnlyList<StatedLine> lines)
    {
        json.WriteStartArray("stated");
        foreach (StatedLine line in lines)
        {
            json.WriteStartObject();
            json.WriteString("line", line.Begins);
            foreach ((string name, string? column) in Columns(line).Where(place => place.Column is not null))
            {
                json.WriteString(name, column);
            }

            Write(json, "optional", line.IsOptional);
            Write(json, "dated", line.IsDated);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What is wrong with a line, or null.</summary>
    public static string? FaultOf(StatedLine line, Func<string, string?> notAColumn) =>
        string.IsNullOrWhiteSpace(line.Begins) ? "A blank is not what a line begins with. Write its first words, such as \"line\": \"Total\"."
        : line is { Rows: null, Total: null, Debit: null, Credit: null, Opening: null, Closing: null } ? $"The line '{line.Begins}' states nothing. Say where its figures stand: rows, total, opening or closing."
        : line.Total is not null && (line.Debit is not null || line.Credit is not null) ? $"The line '{line.Begins}' has a total, and also debit or credit. Name either the total, or debit and credit."
        : Columns(line).Select(place => place.Column is null ? null : notAColumn(place.Column)).FirstOrDefault(fault => fault is not null);

    private static StatedLine Read(SettingsNode node)
    {
        if (node.Kind != SettingsKind.Object)
        {
            throw node.Error($"A line of 'stated' must be an object, such as {{ \"line\": \"Total\", \"total\": \"#3\" }}, not {node.Description}.");
        }

        StatedLine line = new() { Begins = "" };
        foreach (SettingsMember member in node.Members)
        {
            line = member.Name switch
            {
                "line" => line with { Begins = Text(member) },
                "rows" => line with { Rows = Text(member) },
                "total" => line with { Total = Text(member) },
                "debit" => line with { Debit = Text(member) },
                "credit" => line with { Credit = Text(member) },
                "opening" => line with { Opening = Text(member) },
                "closing" => line with { Closing = Text(member) },
                "direction" => line with { Direction = Text(member) },
                "currency" => line with { Currency = Text(member) },
                "optional" => line with { IsOptional = Truth(member) },
                "dated" => line with { IsDated = Truth(member) },
                _ => throw node.ErrorAt(member.Line, $"A line of 'stated' has no '{member.Name}'. It may have {Members}."),
            };
        }

        return line;
    }

    private static IEnumerable<(string Name, string? Column)> Columns(StatedLine line) =>
    [
        ("rows", line.Rows), ("total", line.Total), ("debit", line.Debit), ("credit", line.Credit),
        ("opening", line.Opening), ("closing", line.Closing), ("direction", line.Direction), ("currency", line.Currency),
    ];

    private static string Text(SettingsMember member) => member.Value.Kind == SettingsKind.Text
        ? member.Value.Text
        : throw member.Value.Error($"'{member.Name}' must be a text in quotes, not {member.Value.Description}.");

    private static bool Truth(SettingsMember member) => member.Value.Kind == SettingsKind.Truth
        ? member.Value.Text == "true"
        : throw member.Value.Error($"'{member.Name}' must be true or false, not {member.Value.Description}.");

    private static void Write(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, value);
        }
    }
}
