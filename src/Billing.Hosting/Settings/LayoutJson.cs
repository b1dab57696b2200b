using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Billing.Hosting.Settings;

/// <summary>Writes a section of the settings as the layout file that it stands for: settings have only texts, and keys in any letter case.</summary>
internal static class LayoutJson
{
    private static readonly string[] s_truths =
    [
        "debitIsNegative", "debitsAreSigned", "feeIsSigned", "minorUnits", "negateAmounts", "indianGroups", "parentheses", "trailingMinus", "exponent",
        "currencySign", "debitCredit", "header", "repeatedHeaders", "optional", "dated",
    ];

    private static readonly string[] s_numbers = ["skipRows", "maxRecordBytes", "days"];

    private static readonly string[] s_names =
    [
        .. s_truths, .. s_numbers, "decimalMark", "groupSeparators", "defaultCurrency", "dateFormats", "timeZone", "nullValues", "required", "ignore", "footer", "stated", "line", "total", "opening", "closing",
        "columns", "direction", "numbers", "identity", "separator", "quote", "escape", "rows", "encoding", "columns+occurrence",
        "date", "instant", "amount", "debit", "credit", "fee", "currency", "id", "party", "account", "description", "scope", "category", "balance",
        "status", "pending", "values", "posted", "postedId", "match", "percent",
    ];

    /// <summary>Returns the layout as JSON.</summary>
    public static string Of(IConfiguration section)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            WriteObject(json, section.GetChildren());
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void WriteObject(Utf8JsonWriter json, IEnumerable<IConfigurationSection> members)
    {
        json.WriteStartObject();
        foreach (IConfigurationSection member in members)
        {
            string name = Array.Find(s_names, name => string.Equals(name, member.Key, StringComparison.OrdinalIgnoreCase)) ?? member.Key;
            json.WritePropertyName(name);
            Write(json, name, member);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IConfigurationSection member)
    {
        IConfigurationSection[] children = [.. member.GetChildren()];
        if (children.Length == 0)
        {
            WriteValue(json, name, member.Value);
        }
        else if (Array.TrueForAll(children, child => child.Key.All(char.IsAsciiDigit)))
        {
            json.WriteStartArray();
            foreach (IConfigurationSection item in children.OrderBy(child => int.Parse(child.Key, CultureInfo.InvariantCulture)))
            {
                if (item.GetChildren().Any())
                {
                    WriteObject(json, item.GetChildren());
                }
                else
                {
                    json.WriteStringValue(item.Value);
                }
            }

            json.WriteEndArray();
        }
        else
        {
            WriteObject(json, children);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else if (name == "ignore" && value.Length == 0)
        {
            // An empty list, which says that no column is ignored, arrives as an empty text.
            json.WriteStartArray();
            json.WriteEndArray();
        }
        else if (s_truths.Contains(name) && bool.TryParse(value, out bool truth))
        {
            json.WriteBooleanValue(truth);
        }
        else if (s_numbers.Contains(name) && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(value);
        }
    }
}
