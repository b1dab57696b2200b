using System.Globalization;
using System.Text.Json;

namespace Billing.Generators;

/// <summary>Reads how many payments an event asks for: <c>{"count": 3}</c>.</summary>
public static class PaymentCount
{
    /// <summary>The most payments for one event.</summary>
    public const int Most = 10_000;

    /// <summary>Reads the member <c>count</c>; an event without it asks for one.</summary>
    /// <exception cref="FormatException">The event is not an object, or count is not an integer from 1 to 10,000; the message says which.</exception>
    public static int Read(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"The event is {Name(payload)}. Send an object such as {{\"count\": 3}}.");
        }

        if (!payload.TryGetProperty("count", out JsonElement count))
        {
            return 1;
        }

        // 3.0 is written as a fraction, and refused like 2.5.
        return count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out long number) && number is >= 1 and <= Most
            ? (int)number
            : throw new FormatException($"count is {Name(count)}. Use a whole number from 1 to {Most.ToString(CultureInfo.InvariantCulture)}, or leave it out for 1.");
    }

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "the text " + (value.GetRawText().Length <= 40 ? value.GetRawText() : value.GetRawText()[..40] + "..."),
        JsonValueKind.Number => "the number " + (value.GetRawText().Length <= 40 ? value.GetRawText() : value.GetRawText()[..40] + "..."),
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => value.GetRawText(),
    };
}
