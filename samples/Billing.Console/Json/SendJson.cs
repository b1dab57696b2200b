using System.Text.Json;
using Billing.Aws;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>The document of messages that were sent to a queue.</summary>
internal static class SendJson
{
    public static void Write(Utf8JsonWriter json, SendStatement statement)
    {
        json.WriteStartObject();
        json.WriteString("queue", statement.Queue);
        json.WriteSeed(statement.Messages.Seed);
        json.WriteNumber("messages", statement.Count);
        json.WriteNumber("sent", statement.Sent);
        json.WriteNumber("notTried", statement.NotTried);
        json.WriteStartArray("unsent");
        foreach (SqsUnsentMessage unsent in statement.Unsent)
        {
            json.WriteStartObject();
            json.WriteString("code", unsent.Outcome.ErrorCode);
            json.WriteString("error", unsent.Outcome.Error);
            json.WriteString("message", unsent.Message.Body);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("error", statement.Error);
        json.WriteEndObject();
    }
}
