using System.Text;
using System.Text.Json;

namespace Billing.Sinks.Dynamo.Alerts;

/// <summary>The alerts of one record as one text, which is compared before it is changed.</summary>
internal static class AlertJson
{
    public static string Write(IReadOnlyList<BillingAlert> alerts)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartArray();
            foreach (BillingAlert alert in alerts)
            {
                json.WriteStartObject();
                json.WriteString("id", alert.Id);
                json.WriteString("rule", alert.Rule);
                json.WriteString("subject", alert.Subject);
                json.WriteString("message", alert.Message);
                json.WriteString("raised_at", InstantText.Of(alert.RaisedAt));
                json.WriteNumber("attempts", alert.Attempts);
                Write(json, "due_at", alert.DueAt);
                Write(json, "sent_at", alert.SentAt);
                json.WriteString("last_error", alert.LastError);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static List<BillingAlert> Read(string text, RecordKey key)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        List<BillingAlert> alerts = [];
        foreach (JsonElement alert in document.RootElement.EnumerateArray())
        {
            alerts.Add(new BillingAlert
            {
                Id = alert.GetProperty("id").GetString()!,
                RecordKey = key,
                Rule = alert.GetProperty("rule").GetString()!,
                Subject = alert.GetProperty("subject").GetString()!,
                Message = alert.GetProperty("message").GetString()!,
                RaisedAt = InstantText.Parse(alert.GetProperty("raised_at").GetString()!),
                Attempts = alert.GetProperty("attempts").GetInt32(),
                DueAt = Instant(alert.GetProperty("due_at")),
                SentAt = Instant(alert.GetProperty("sent_at")),
                LastError = alert.GetProperty("last_error").GetString(),
            });
        }

        return alerts;
    }

    private static void Write(Utf8JsonWriter json, string name, DateTimeOffset? instant) => json.WriteString(name, instant is { } value ? InstantText.Of(value) : null);

    private static DateTimeOffset? Instant(JsonElement element) => element.GetString() is { } text ? InstantText.Parse(text) : null;
}
