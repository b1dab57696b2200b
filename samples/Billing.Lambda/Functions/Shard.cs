using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace Billing.Lambda.Functions;

/// <summary>
/// Some rows of one CSV file, as a Distributed Map of Step Functions hands them out:
/// <c>{"BatchInput": {"bucket", "key", "identity"}, "Items": [{"row": 0, "value": {column: value}}]}</c>, row 0 being the first below the header.
/// </summary>
/// <param name="Name">The file.</param>
/// <param name="Identity">What makes a row the same: columns, and where that is the position the column <see cref="RowColumn"/>.</param>
/// <param name="IsByPosition">Whether rows are told apart by where they stand in the file, so that the file must be part of what makes them the same.</param>
/// <param name="Csv">The rows as CSV, header first, separated by commas: they go the way of whole files.</param>
internal sealed record Shard(string Name, RecordIdentity Identity, bool IsByPosition, byte[] Csv)
{
    /// <summary>The column that is put before the others by position: which row of the file it is, from 1.</summary>
    public const string RowColumn = "file_row";

    /// <summary>Reads the event.</summary>
    /// <exception cref="SourceFormatException">It is no such event, or the identity needs more than some rows.</exception>
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
                : throw Wrong(name, $"the identity is '{identity}', and a shard does not know the rows before it. Start with position, or with columns that name a row, such as columns:invoice,line");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or BillingConfigurationException)
        {
            throw new SourceFormatException("event", $"It is no shard of a Distributed Map with BatchInput (bucket, key, identity) and Items (row, value): {e.Message} Check the state machine.", e);
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
                        throw Wrong(name, $"there is a column '{RowColumn}' already. Rename it, or start with columns that name a row");
                    }

                    Write(writer, withRow ? [RowColumn, .. header] : header);
                }
                else if (!header.AsSpan().SequenceEqual(columns))
                {
                    throw Wrong(name, $"a row has the columns {string.Join(", ", columns)} and the first has {string.Join(", ", header)}");
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
