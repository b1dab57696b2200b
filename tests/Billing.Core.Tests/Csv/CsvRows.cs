using System.Globalization;
using System.Text;
using Billing.Csv;
using Billing.Rows;
using Billing.Texts;
using CsvHelper;

namespace Billing.Core.Tests.Csv;

/// <summary>Reads CSV at the level of raw rows: a row is one with a date 2025-.. and an amount of digits and a point, in its last two columns.</summary>
internal static class CsvRows
{
    public static readonly int[] BlockSizes = [16, 17, 64, 65536];

    public sealed record Row(long Line, long Offset, string Raw, long RawLength, string? Fault, string Fields)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Line} @{Offset} {Fault ?? "ok"} {Escape(Raw)}{(RawLength == Encoding.Latin1.GetByteCount(Raw) ? "" : $" of {RawLength}")}{(Fields.Length > 0 ? " = " + Escape(Fields) : "")}");

        private static string Escape(string text) => text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
    }

    public static List<Row> Read(byte[] bytes, int columns, int blockBytes, int maxRecordBytes = 1024 * 1024, int largestBlock = int.MaxValue) =>
        Read(new MemoryStream(bytes), columns, blockBytes, maxRecordBytes, largestBlock);

    public static List<Row> Read(Stream stream, int columns, int blockBytes, int maxRecordBytes = 1024 * 1024, int largestBlock = int.MaxValue)
    {
        using CsvRowReader reader = new(new Utf8Blocks(stream, 0, blockBytes), 1, new CsvDialect((byte)',', (byte)'"', maxRecordBytes), columns, columns, IsRow, null);
        List<Row> rows = [];
        while (true)
        {
            Assert.True(reader.BlockBytes <= largestBlock, $"a block of {reader.BlockBytes} bytes");
            switch (reader.Next())
            {
                case RowStep.Row:
                    string fields = reader.StructureFault is null ? string.Join('|', Enumerable.Range(0, reader.Fields.FieldCount).Select(i => reader.Fields.GetString(i))) : "";
                    rows.Add(new Row(reader.Line, reader.ByteOffset, Encoding.Latin1.GetString(reader.Raw.Span), reader.RawLength, (reader.EncodingFault ?? reader.StructureFault)?.Reason, fields));
                    break;
                case RowStep.NeedsBlock:
                    reader.FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
                    break;
                default:
                    return rows;
            }
        }
    }

    /// <summary>The fields of every row; no row may have a fault of its form.</summary>
    public static List<string[]> ReadFields(byte[] bytes, int columns, int blockBytes)
    {
        using CsvRowReader reader = new(new Utf8Blocks(new MemoryStream(bytes), 0, blockBytes), 1, new CsvDialect((byte)',', (byte)'"', 1 << 20), columns, columns, _ => false, null);
        List<string[]> rows = [];
        for (RowStep step = reader.Next(); step != RowStep.End; step = reader.Next())
        {
            if (step == RowStep.NeedsBlock)
            {
                reader.FillAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
                continue;
            }

            Assert.Null(reader.StructureFault);
            rows.Add([.. Enumerable.Range(0, reader.Fields.FieldCount).Select(reader.Fields.GetString)]);
        }

        return rows;
    }

    private static bool IsRow(CsvReader line) =>
        line.GetString(line.FieldCount - 2).StartsWith("2025-", StringComparison.Ordinal)
        && decimal.TryParse(line.GetString(line.FieldCount - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
}
