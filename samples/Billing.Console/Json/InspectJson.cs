using System.Text.Json;

namespace Billing.Console.Json;

/// <summary>The document of <c>inspect</c>.</summary>
internal static class InspectJson
{
    public static void Write(Utf8JsonWriter json, string source, LayoutProposal proposal, string layout)
    {
        json.WriteStartObject();
        json.WriteString("source", source);
        json.WriteString("format", proposal.Format == SourceFormat.Json ? "json" : "csv");
        json.WriteNumber("rowsTried", proposal.RowsTried);
        json.WriteNumber("rowsRead", proposal.RowsRead);
        json.WriteStartArray("columns");
        foreach (ColumnFinding column in proposal.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("role", column.Role);
            json.WriteString("why", column.Why);
            json.WriteStrings("sample", column.Sample);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("questions", proposal.Questions.Select(question => question.Text));
        json.WriteStrings("warnings", proposal.Warnings);
        json.WritePropertyName("layout");
        using JsonDocument document = JsonDocument.Parse(layout);
        document.WriteTo(json);
        json.WriteEndObject();
    }
}
