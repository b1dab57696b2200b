using System.Text;
using System.Text.Unicode;
using Billing.Csv;
using Billing.Json;
using Billing.Layouts;
using Billing.Rows;
using Billing.Texts;
using Billing.Values;

namespace Billing.Reading;

/// <summary>Reads single quarantined rows again.</summary>
internal static class SecondReading
{
    /// <summary>Reads one row again, by itself, with the present layout. Line, byte offset and raw bytes are those of the quarantined record.</summary>
    /// <exception cref="SourceFormatException">The layout does not fit the header that the row came with.</exception>
    /// <exception cref="BillingConfigurationException">The layout has an impossible setting.</exception>
    public static ParsedRow Of(QuarantinedRecord record, SourceLayout layout, RecordIdentity identity)
    {
        CsvDialect.Check(layout);
        if (record.RawLength > record.Raw.Length || record.Raw.Length > layout.MaxRecordBytes)
        {
            return Row(record, RowFaults.TooLarge(record.RawLength, (int)Math.Min(record.Raw.Length, layout.MaxRecordBytes)));
        }

        (ReadOnlyMemory<byte> text, string? transcodedFrom) = Decode(record, layout);
        ParsedRow? read = record.Format == SourceFormat.Json
            ? ReadJsonAgain(record, text, transcodedFrom, layout, identity)
            : ReadCsvAgain(record, text, transcodedFrom, layout, identity);
        return read ?? Row(record, new RowFault(record.Reason, record.Detail));
    }

    /// <summary>Decodes a row: one that was not UTF-8 by the encoding that the layout now has.</summary>
    private static (ReadOnlyMemory<byte> Text, string? TranscodedFrom) Decode(QuarantinedRecord record, SourceLayout layout)
    {
        if (record.Reason != QuarantineReason.BadEncoding)
        {
            return (record.Raw, null);
        }

        if (Utf8.IsValid(record.Raw.Span))
        {
            // The bytes were lost when the source was transcoded.
            return (record.Raw, layout.Encoding ?? "text in the encoding of the source");
        }

        Encoding encoding = layout.Encoding is null ? Encoding.UTF8 : SourceEncodings.FromName(layout.Encoding, layout.Name ?? "layout");
        return SourceEncodings.IsUtf8(encoding)
            ? (record.Raw, null)
            : (Encoding.UTF8.GetBytes(encoding.GetString(record.Raw.Span)), encoding.WebName);
    }

    private static ParsedRow? ReadCsvAgain(QuarantinedRecord record, ReadOnlyMemory<byte> text, string? transcodedFrom, SourceLayout layout, RecordIdentity identity)
    {
        if (record.Header is null || record.Separator is not char separator)
        {
            return null;
        }

        CsvDialect dialect = CsvDialect.Of(layout, (byte)separator);
        IReadOnlyList<string> names = CsvHeader.Split(Masked(Encoding.UTF8.GetBytes(record.Header), layout), dialect);
        CsvRowMapper mapper = new(ColumnMap.Resolve(record.Source.Name, names, layout, identity), layout, names, (byte)separator);
        using CsvRowReader rows = new(new Utf8Blocks(Masked(text.ToArray(), layout), record.Source.ByteOffset), record.Source.Line, dialect, names.Count, LeastFields(names), mapper.ReadsAsRow, transcodedFrom);
        if (rows.Next() != RowStep.Row || rows.RawLength != text.Length)
        {
            return null;
        }

        ParsedRow row = new();
        mapper.Map(rows, row);
        return Placed(record, row);
    }

    private static byte[] Masked(byte[] text, SourceLayout layout)
    {
        if (layout.Escape is { } escape)
        {
            bool afterCr = false;
            _ = CsvEscape.Mask(text, (byte)escape, isFinal: true, ref afterCr);
        }

        return text;
    }

    // The names of a source without a header are places, none of which is blank.
    private static int LeastFields(IReadOnlyList<string> names) => names.Count - names.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();

    private static ParsedRow? ReadJsonAgain(QuarantinedRecord record, ReadOnlyMemory<byte> text, string? transcodedFrom, SourceLayout layout, RecordIdentity identity)
    {
        JsonNames names = new();
        foreach (string name in record.Header is null ? [] : JsonRecordReader.NamesOf(record.Header))
        {
            names.Add(name);
        }

        JsonRowReader rows = new(new Utf8Blocks(text.Span, record.Source.ByteOffset), record.Source.Line, names, layout.MaxRecordBytes, transcodedFrom);
        JsonRowMapper? mapper = null;
        if (rows.Next() != RowStep.Row || rows.RawLength != text.Length)
        {
            return null;
        }

        ParsedRow row = new();
        JsonRecordReader.Map(row, record.Source.Name, rows, names, layout, identity, ref mapper);
        return Placed(record, row);
    }

    private static ParsedRow Row(QuarantinedRecord record, RowFault fault) => new()
    {
        Line = record.Source.Line,
        ByteOffset = record.Source.ByteOffset,
        Raw = record.Raw,
        RawLength = record.RawLength,
        Fault = fault,
        Amount = record.Amount,
        CurrencyCode = record.CurrencyCode,
    };

    /// <summary>Gives the row the place and the bytes that were quarantined, whatever they were decoded to.</summary>
    private static ParsedRow Placed(QuarantinedRecord record, ParsedRow read)
    {
        read.Line = record.Source.Line;
        read.ByteOffset = record.Source.ByteOffset;
        read.Raw = record.Raw;
        read.RawLength = record.RawLength;
        return read;
    }
}
