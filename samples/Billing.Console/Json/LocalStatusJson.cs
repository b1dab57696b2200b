using System.Text.Json;
using Billing.Aws;
using Billing.Local;

namespace Billing.Console.Json;

/// <summary>The document of a local environment: where it is, and what waits in it.</summary>
internal static class LocalStatusJson
{
    public static void Write(
        Utf8JsonWriter json,
        LocalState state,
        IReadOnlyList<(string Queue, SqsQueueCounts Counts, SqsQueueCounts DeadLetters)> queues,
        IReadOnlyList<(string Name, int Processes, long Invocations, long Failures)> functions)
    {
        json.WriteStartObject();
        json.WriteNumber("processId", state.ProcessId);
        json.WriteString("receiptsApi", state.ReceiptsApi.AbsoluteUri);
        json.WriteString("transactionsApi", state.TransactionsApi.AbsoluteUri);
        json.WriteString("expensesApi", state.ExpensesApi.AbsoluteUri);
        json.WriteString("page", state.Page?.AbsoluteUri);
        json.WriteString("storage", state.Storage.AbsoluteUri);
        json.WriteString("dynamoDb", state.DynamoDb.AbsoluteUri);
        json.WriteString("control", state.Control.AbsoluteUri);
        if (state.DatabasePort == 0)
        {
            json.WriteNull("databasePort");
        }
        else
        {
            json.WriteNumber("databasePort", state.DatabasePort);
        }

        json.WriteString("data", state.DataFolder);
        json.WriteStartArray("queues");
        foreach ((string queue, SqsQueueCounts counts, SqsQueueCounts dead) in queues)
        {
            json.WriteStartObject();
            json.WriteString("queue", queue);
            json.WriteNumber("waiting", counts.Waiting);
            json.WriteNumber("inFlight", counts.InFlight);
            json.WriteNumber("delayed", counts.Delayed);
            json.WriteNumber("deadLetters", dead.Waiting + dead.InFlight);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("functions");
        foreach ((string name, int processes, long invocations, long failures) in functions)
        {
            json.WriteStartObject();
            json.WriteString("function", name);
            json.WriteNumber("processes", processes);
            json.WriteNumber("invocations", invocations);
            json.WriteNumber("failures", failures);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
