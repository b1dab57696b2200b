using System.Text.Json;
using Billing.Console.Json;

namespace Billing.Console.Reports;

/// <summary>The fields in which a record differs from what it was, in one line.</summary>
internal static class ChangedFields
{
    // They follow from the others.
    private static readonly string[] s_untold = ["key", "fingerprint"];

    /// <summary>Returns them like <c>amount 10.00 EUR, now 12.00 EUR; category travel, now none</c>; empty if a record came or left.</summary>
    public static string Of(RecordChange change)
    {
        if (change is not { From: { } from, To: { } to })
        {
            return "";
        }

        using JsonDocument before = Parse(from);
        using JsonDocument after = Parse(to);
        return string.Join("; ", after.RootElement.EnumerateObject()
            .Where(field => !s_untold.Contains(field.Name) && !JsonElement.DeepEquals(field.Value, before.RootElement.GetProperty(field.Name)))
            .Select(field => $"{field.Name} {Text(before.RootElement.GetProperty(field.Name))}, now {Text(field.Value)}"));
    }

    private static JsonDocument Parse(BillingRecord record) => JsonDocument.Parse(JsonOutput.Compact(json => RecordJson.Write(json, record)));

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "none",
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object when value.TryGetProperty("byteOffset", out _) => $"{value.GetProperty("name").GetString()}:{value.GetProperty("line")}",
        JsonValueKind.Object => string.Join(' ', value.EnumerateObject().Select(member => Text(member.Value))),
        JsonValueKind.Array when value.GetArrayLength() == 0 => "none",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Text)),
        _ => value.GetRawText(),
    };
}
