using System.Globalization;
using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The house's ways to write values: amounts as text, dates and instants in ISO 8601.</summary>
internal static class JsonWriterExtensions
{
    public static void WriteAmount(this Utf8JsonWriter writer, string name, decimal amount) =>
        writer.WriteString(name, amount.ToString(CultureInfo.InvariantCulture));

    public static void WriteAmount(this Utf8JsonWriter writer, string name, ExactSum sum) => writer.WriteString(name, sum.ToString());

    public static void WriteInstant(this Utf8JsonWriter writer, string name, DateTimeOffset? instant) =>
        writer.WriteString(name, instant?.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));

    public static void WriteDate(this Utf8JsonWriter writer, string name, DateOnly? date) =>
        writer.WriteString(name, date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    /// <summary>A seed as text: it may have more digits than a number of JSON keeps everywhere.</summary>
    public static void WriteSeed(this Utf8JsonWriter writer, ulong seed) => writer.WriteString("seed", seed.ToString(CultureInfo.InvariantCulture));

    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
