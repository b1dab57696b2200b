using System.Globalization;
using System.Text.Json;
using Billing.Settings;
using Billing.Values;

namespace Billing.Layouts;

/// <summary>What is said of pending rows, in layout files.</summary>
internal static class PendingMembers
{
    private const int MostMatchDays = 366;
    private const int MostDays = 3_660;

    /// <exception cref="BillingConfigurationException">It is not such an object.</exception>
    public static PendingTerms? Read(SettingsMember pending)
    {
        if (pending.Value.Kind == SettingsKind.Null)
        {
            return null;
        }

        Expect(pending.Value, SettingsKind.Object, pending.Name, "an object, such as { \"values\": [\"PENDING\"], \"posted\": [\"POSTED\"] }");
        PendingTerms terms = new() { Values = [], Posted = [] };
        foreach (SettingsMember member in pending.Value.Members)
        {
            terms = member.Name switch
            {
                "values" => terms with { Values = Words(member) },
                "posted" => terms with { Posted = Words(member) },
                "id" => terms with { Id = Text(member) },
                "postedId" => terms with { PostedId = Text(member) },
                "match" => terms with { Match = Match(member) },
                "days" => terms with { Days = Days(member) },
                _ => throw pending.Value.ErrorAt(member.Line, $"'pending' has no '{member.Name}'. It may have values, posted, id, postedId, match, days."),
            };
        }

        return terms;
    }

    public static void Write(Utf8JsonWriter json, PendingTerms terms)
    {
        json.WriteStartObject("pending");
        Write(json, "values", terms.Values);
        Write(json, "posted", terms.Posted);
        if (terms.Id is { } id)
        {
            json.WriteString("id", id);
        }

        if (terms.PostedId is { } postedId)
        {
            json.WriteString("postedId", postedId);
        }

        if (terms.Match is { } match)
        {
            json.WriteStartObject("match");
            json.WriteNumber("days", match.Days);
            json.WriteString("percent", match.Percent.ToString(CultureInfo.InvariantCulture));
            json.WriteString("amount", match.Amount.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteNumber("days", terms.Days);
        json.WriteEndObject();
    }

    /// <summary>What is wrong with what a layout says of pending rows, or null.</summary>
    public static LayoutProblem? FaultOf(SourceLayout layout, Func<string, string?> notAColumn)
    {
        if (layout.Pending is not { } terms)
        {
            return layout.Status is { Length: > 0 }
                ? new LayoutProblem("columns.status", "A status is named, and nothing says which of its words mean pending and which mean posted. Say so: \"pending\": { \"values\": [\"PENDING\"], \"posted\": [\"POSTED\"] }.")
                : null;
        }

        string[] pending = [.. terms.Values.Select(StatusWords.Plain)];
        string[] posted = [.. terms.Posted.Select(StatusWords.Plain)];
        return layout.Status is not { Length: > 0 } ? new LayoutProblem("pending", "There are words, but no column for them. Name the column in columns.status.")
            : pending.Length == 0 ? new LayoutProblem("pending.values", "No word means pending. Write the words of the column, such as \"PENDING\".")
            : posted.Length == 0 ? new LayoutProblem("pending.posted", "No word means posted, so that every row would be refused. Write the words of the column, such as \"POSTED\"; an empty text stands for rows without a word.")
            : pending.Contains("") ? new LayoutProblem("pending.values", "A blank does not say that a row is pending. Write the words of the column.")
            : pending.Intersect(posted).FirstOrDefault() is { } both ? new LayoutProblem("pending", $"'{both}' is both pending and posted. Name it once.")
            : IdFault(layout, "pending.id", terms.Id, notAColumn) ?? IdFault(layout, "pending.postedId", terms.PostedId, notAColumn)
            ?? (terms is { PostedId: not null, Id: null } ? new LayoutProblem("pending.postedId", "Posted rows name the id of their pending row, and pending rows have none. Name its column in pending.id.")
            : terms.Days is < 1 or > MostDays ? new LayoutProblem("pending.days", FormattableString.Invariant($"{terms.Days} days cannot be waited. Use 1 to {MostDays}."))
            : terms.Match is { } match ? MatchFault(layout, match) : null);
    }

    private static LayoutProblem? MatchFault(SourceLayout layout, PendingMatch match) =>
        match.Days is < 0 or > MostMatchDays ? new LayoutProblem("pending.match", FormattableString.Invariant($"A match cannot be {match.Days} days later. Use 0 to {MostMatchDays}."))
        : match.Days > layout.Pending!.Days ? new LayoutProblem("pending.match", FormattableString.Invariant($"A match may be {match.Days} days later, and pending rows lapse after {layout.Pending.Days}. Raise pending.days."))
        : match.Percent is < 0 or > 100 ? new LayoutProblem("pending.match", FormattableString.Invariant($"Amounts cannot differ by {match.Percent} percent. Use 0 to 100."))
        : match.Amount < 0 ? new LayoutProblem("pending.match", FormattableString.Invariant($"Amounts cannot differ by {match.Amount}. Use 0 or more."))
        : layout.Party is "" ? new LayoutProblem("pending.match", "A match is of one party, and the layout has no column for it. Name it in columns.party.")
        : null;

    // Records keep columns by their names.
    private static LayoutProblem? IdFault(SourceLayout layout, string member, string? column, Func<string, string?> notAColumn) =>
        column is null ? null
        : notAColumn(column) is { } message ? new LayoutProblem(member, message)
        : layout.HasHeader && HeaderNames.TryReadPlace(column.Trim(), out _) ? new LayoutProblem(member, $"'{column.Trim()}' is a place. Name the column as in the header.")
        : ColumnRoles.All.Where(role => role is not (ColumnRole.Id or ColumnRole.Scope) && layout.ColumnOf(role)?.Trim().Equals(column.Trim(), StringComparison.OrdinalIgnoreCase) == true).Select(ColumnRoles.NameOf).FirstOrDefault() is { } other
            ? new LayoutProblem(member, $"The column '{column.Trim()}' is already the {other}. Name the column of the transaction's id.")
        : null;

    private static PendingMatch? Match(SettingsMember member)
    {
        if (member.Value.Kind == SettingsKind.Null)
        {
            return null;
        }

        Expect(member.Value, SettingsKind.Object, member.Name, "an object, such as { \"days\": 10, \"percent\": 20 }");
        PendingMatch match = new() { Days = -1 };
        foreach (SettingsMember part in member.Value.Members)
        {
            match = part.Name switch
            {
                "days" => match with { Days = Days(part) },
                "percent" => match with { Percent = Number(part) },
                "amount" => match with { Amount = Number(part) },
                _ => throw member.Value.ErrorAt(part.Line, $"'match' has no '{part.Name}'. It may have days, percent, amount."),
            };
        }

        return match.Days >= 0 ? match : throw member.Value.Error("'match' must say how many days later the posted row may be: \"days\": 10.");
    }

    private static string[] Words(SettingsMember member)
    {
        Expect(member.Value, SettingsKind.List, member.Name, "a list of texts in brackets");
        return [.. member.Value.Items.Select(item => item.Kind == SettingsKind.Text ? item.Text : throw item.Error($"Each of '{member.Name}' must be a text in quotes, not {item.Description}."))];
    }

    private static string? Text(SettingsMember member)
    {
        if (member.Value.Kind == SettingsKind.Null)
        {
            return null;
        }

        Expect(member.Value, SettingsKind.Text, member.Name, "a text in quotes");
        return member.Value.Text;
    }

    private static int Days(SettingsMember member)
    {
        Expect(member.Value, SettingsKind.Number, member.Name, "a whole number");
        return int.TryParse(member.Value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw member.Value.Error($"'{member.Name}' must be a whole number of days, not {member.Value.Description}.");
    }

    // As a number or a text, digit by digit.
    private static decimal Number(SettingsMember member) =>
        member.Value.Kind is SettingsKind.Number or SettingsKind.Text
        && decimal.TryParse(member.Value.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw member.Value.Error($"'{member.Name}' must be a number with a point as decimal mark, not {member.Value.Description}.");

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }

    private static void Expect(SettingsNode node, SettingsKind kind, string name, string expected)
    {
        if (node.Kind != kind)
        {
            throw node.Error($"'{name}' must be {expected}, not {node.Description}.");
        }
    }
}
