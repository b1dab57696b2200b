using System.Text.Json;
using Billing.Console.Reports;

namespace Billing.Console.Json;

/// <summary>The document of <c>copy</c>.</summary>
internal static class CopyJson
{
    private static readonly WriteOutcomeKind[] s_kinds = Enum.GetValues<WriteOutcomeKind>();

    public static void Write(Utf8JsonWriter json, CopyStatement statement)
    {
        ControlTotals read = statement.Read;
        (string Name, ControlTotals Totals)[] outcomes = [.. s_kinds.Select(kind => (Name(kind), statement[kind]))];
        json.WriteStartObject();
        json.WriteString("from", statement.From);
        json.WriteString("to", statement.To);
        json.WriteStartObject("rows");
        json.WriteNumber("read", read.Rows);
        foreach ((string name, ControlTotals totals) in outcomes)
        {
            json.WriteNumber(name, totals.Rows);
        }

        json.WriteEndObject();
        json.WriteStartArray("money");
        foreach (string currency in read.Money.Keys)
        {
            json.WriteStartObject();
            json.WriteString("currency", currency);
            json.WriteAmount("read", read[currency]);
            foreach ((string name, ControlTotals totals) in outcomes)
            {
                json.WriteAmount(name, totals[currency]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("quarantinedRows", statement.Quarantined);
        json.WriteNumber("runs", statement.Runs);
        json.WriteNumber("documents", statement.Documents);
        json.WriteStartArray("notCopied");
        foreach ((BillingRecord record, WriteOutcome outcome) in statement.NotCopied)
        {
            json.WriteStartObject();
            json.WriteString("outcome", Name(outcome.Kind));
            json.WriteString("key", record.Key.ToString());
            RecordJson.WriteSource(json, record.Source);
            json.WriteString("detail", outcome.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("deleted", statement.DeletionCount);
        json.WriteStartArray("deletions");
        foreach (StoreDifference deletion in statement.Deletions)
        {
            json.WriteStartObject();
            json.WriteBoolean("quarantined", deletion.IsQuarantined);
            json.WriteString("key", deletion.Key.ToString());
            RecordJson.WriteSource(json, deletion.Source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("balanced", statement.IsBalanced);
        json.WriteString("error", statement.Error);
        json.WriteEndObject();
    }

    private static string Name(WriteOutcomeKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
}
