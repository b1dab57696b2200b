using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Billing.Web.Contracts;
using Billing.Web.Records;
using Billing.Workbooks;
using CsvHelper;
using SpreadCheetah;

namespace Billing.Web.Export;

/// <summary>What a list shows, as a file: CSV and XLSX with the columns of a table, JSON with the whole objects. Rows are written as they are read.</summary>
internal static class ExportFile
{
    public static ExportFormat FormatOf(QueryReader reader) => reader.Word("format", "csv", "csv", "json", "xlsx") switch { "json" => ExportFormat.Json, "xlsx" => ExportFormat.Xlsx, _ => ExportFormat.Csv };

    public static IResult Of<T>(string name, ExportFormat format, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows) => format switch
    {
        ExportFormat.Csv => Results.Stream(stream => WriteCsvAsync(stream, columns, rows), "text/csv; charset=utf-8", $"{name}.csv"),
        ExportFormat.Json => Results.Stream(stream => WriteJsonAsync(stream, rows), "application/json; charset=utf-8", $"{name}.json"),
        _ => Results.Stream(stream => WriteXlsxAsync(stream, name, columns, rows), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{name}.xlsx"),
    };

    private static async Task WriteCsvAsync<T>(Stream stream, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows)
    {
        // The writer writes at once, and a response must not be written like that.
        using MemoryStream part = new();
        CsvWriter csv = CsvWriter.Create(part, new CsvWriterOptions { Separator = ',', Injection = CsvInjection.Escape, NewLine = "\r\n" });
        foreach (ExportColumn<T> column in columns)
        {
            csv.WriteField(column.Name);
        }

        csv.EndRecord();
        int count = 0;
        await foreach (T row in rows)
        {
            foreach (ExportColumn<T> column in columns)
            {
                if (column.NumberOf is { } numberOf && numberOf(row) is { } number)
                {
                    // As a number, it is never taken for a formula.
                    csv.WriteField(number, default);
                }
                else
                {
                    csv.WriteField(column.TextOf?.Invoke(row));
                }
            }

            csv.EndRecord();
            if (++count % 1_000 == 0)
            {
                csv.Flush();
                await SendAsync(part, stream);
            }
        }

        csv.Flush();
        await SendAsync(part, stream);
    }

    private static async Task SendAsync(MemoryStream part, Stream stream)
    {
        await stream.WriteAsync(part.GetBuffer().AsMemory(0, (int)part.Length));
        part.SetLength(0);
    }

    private static async Task WriteJsonAsync<T>(Stream stream, IAsyncEnumerable<T> rows)
    {
        JsonTypeInfo<T> type = (JsonTypeInfo<T>)(WebJsonContext.Default.GetTypeInfo(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} has no JSON."));
        await stream.WriteAsync("["u8.ToArray());
        bool isFirst = true;
        await foreach (T row in rows)
        {
            await stream.WriteAsync(isFirst ? "\n"u8.ToArray() : ",\n"u8.ToArray());
            isFirst = false;
            await JsonSerializer.SerializeAsync(stream, row, type);
        }

        await stream.WriteAsync("\n]\n"u8.ToArray());
    }

    private static async Task WriteXlsxAsync<T>(Stream stream, string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows)
    {
        // Its end is written at once, and a response must not be written like that.
        FileStream file = new(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 81_920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (file)
        {
            await WriteSheetAsync(file, name, columns, rows);
            file.Position = 0;
            await file.CopyToAsync(stream);
        }
    }

    // What does not fit on one sheet goes on on the next.
    internal static async Task WriteSheetAsync<T>(Stream stream, string name, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows)
    {
        await using Spreadsheet spreadsheet = await Spreadsheet.CreateNewAsync(stream, new SpreadCheetahOptions { PreserveStringWhitespace = true });
        WorkbookSheet cells = new(spreadsheet);
        await StartAsync(spreadsheet, cells, name, columns);
        long count = 0;
        await foreach (T row in rows)
        {
            if (count > 0 && count % WorkbookSheet.MostLines == 0)
            {
                await StartAsync(spreadsheet, cells, FormattableString.Invariant($"{name} {(count / WorkbookSheet.MostLines) + 1}"), columns);
            }

            count++;
            foreach (ExportColumn<T> column in columns)
            {
                _ = column.NumberOf?.Invoke(row) is { } number ? cells.Amount(ExactSum.From(number), number.Scale) : cells.Text(column.TextOf?.Invoke(row));
            }

            await cells.EndRowAsync(CancellationToken.None);
        }

        await spreadsheet.FinishAsync();
    }

    private static async Task StartAsync<T>(Spreadsheet spreadsheet, WorkbookSheet cells, string name, IReadOnlyList<ExportColumn<T>> columns)
    {
        await spreadsheet.StartWorksheetAsync(name);
        foreach (ExportColumn<T> column in columns)
        {
            cells.Heading(column.Name);
        }

        await cells.EndRowAsync(CancellationToken.None);
    }
}
