using System.Globalization;
using System.Text.Json;
using Billing.Console.Json;
using Billing.Console.Stores;
using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>The heading of what is shown as it was.</summary>
internal static class AsOfView
{
    public static void Write(IAnsiConsole console, AsOf? asOf)
    {
        if (asOf is not null)
        {
            Sentence.Write(console, $"As of {asOf.Text}, {asOf.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC. What came later is not shown.", Styles.Heading);
            console.WriteLine();
        }
    }

    public static void WriteJson(Utf8JsonWriter json, AsOf? asOf)
    {
        if (asOf is not null)
        {
            json.WriteStartObject("asOf");
            json.WriteString("id", asOf.Id);
            json.WriteString("kind", asOf.Kind);
            json.WriteInstant("at", asOf.At);
            json.WriteEndObject();
        }
    }
}
