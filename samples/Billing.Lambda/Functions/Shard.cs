using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace Billing.Lambda.Functions;

/// <summary>
/// Some rows of one CSV file, as a Distributed Map of Step Functions distributes them:
/// <c>{"BatchInput": {"bucket", "key", "identity"}, "Items": [{"row": 0, "value": {column: value}}]}</c>, where row 0 is the first below the header.
/// </summary>
/// <param name="Name">The file.</param>
/// <param name="Identity">What identifies a row: columns; for an identity by position, the column <see cref="RowColumn"/>.</param>
/// <param name="IsByPosition">Whether rows are identified by their position in the file, so that the file must be part of their identity.</param>
/// <param name="Csv">The rows as CSV, header first, separated by commas. They are ingested like whole files.</param>
internal sealed record Shard(string Name, RecordIdentity Identity, bool IsByPosition, byte[] Csv)
{
    /// <summary>The column that is added in front for an identity by position: the number of the row in the file, from 1.</summary>
    public const string RowColumn = "file_row";

    /// <summary>Reads the event.</summary>
    /// <exception cref="SourceFormatException">The event is not a shard, or the identity needs more than some rows of the file.</exception>
    public static Shard Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement input = document.RootElement.GetProperty("BatchInput");
            string name = $"s3://{Text(input, "bucket")}/{Text(input, "key")}";
            RecordIdentity identity = RecordIdentity.Parse(Text(input, "identity"));
            bool isByPosition = identity.Kind == RecordIdentityKind.Position;
            return isByPosition || identity.Kind == RecordIdentityKind.Columns
                ? new Shard(name, isByPosition ? RecordIdentity.Columns(RowColumn) : identity, isByPosition, ToCsv(name, document.RootElement.GetProperty("Items"), isByPosition))
                : throw Wrong(name, $"the identity is '{identity}', but a shard does not know the rows before it. Start the state machine with position, or with columns that identify a row, such as columns:invoice,line");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or BillingConfigurationException)
        {
            throw new SourceFormatException("event", $"It is not a shard of a Distributed Map with BatchInput (bucket, key, identity) and Items (row, value): {e.Message} Check the state machine.", e);
        }
    }

    private static byte[] ToCsv(string name, JsonElement items, bool withRow)
    {
        using MemoryStream csv = new();
        using (CsvWriter writer = CsvWriter.Create(csv, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            string[]? header = null;
            foreach (JsonElement item in items.EnumerateArray())
            {
                long row = item.GetProperty("row").GetInt64();
                JsonElement value = item.GetProperty("value");
                string[] columns = [.. value.EnumerateObject().Select(member => member.Name)];
                if (header is null)
                {
                    header = columns;
                    if (withRow && header.Contains(RowColumn, StringComparer.OrdinalIgnoreCase))
                    {
                        throw Wrong(name, $"there is already a column '{RowColumn}'. Rename it, or start the state machine with columns that identify a row");
                    }

                    Write(writer, withRow ? [RowColumn, .. header] : header);
                }
                else if (!header.AsSpan().SequenceEqual(columns))
                {
                    throw Wrong(name, $"a row has the columns {string.Join(", ", columns)}, but the first row has {string.Join(", ", header)}");
                }

                IEnumerable<string?> fields = value.EnumerateObject().Select(member => member.Value.GetString());
                Write(writer, withRow ? fields.Prepend((row + 1).ToString(CultureInfo.InvariantCulture)) : fields);
            }
        }

        return csv.ToArray();
    }

    private static void Write(CsvWriter writer, IEnumerable<string?> fields)
    {
        foreach (string? field in fields)
        {
            writer.WriteField(field);
        }

        writer.EndRecord();
    }

    private static string Text(JsonElement input, string name) =>
        input.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"'{name}' is empty.");

    private static SourceFormatException Wrong(string name, string what) => new(name, $"In this shard {what}.");
}
