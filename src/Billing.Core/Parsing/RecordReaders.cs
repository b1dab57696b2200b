using System.Text;
using System.Text.Unicode;

namespace Billing.Parsing;

/// <summary>Picks the reader for a source by its first bytes.</summary>
internal static class RecordReaders
{
    /// <summary>A reader over decompressed bytes. Recognises CSV and JSON, byte order marks and UTF-16; disposes the stream with the reader.</summary>
    /// <param name="sourceName">For messages.</param>
    /// <param name="stream">Decompressed bytes.</param>
    /// <param name="layout">Which column is what.</param>
    /// <param name="identity">Whose columns fill <see cref="ParsedRow.IdentityValues"/>.</param>
    /// <exception cref="SourceFormatException">The source is no text, or its header cannot be read or is no record's.</exception>
    /// <exception cref="BillingConfigurationException">The layout states what cannot be.</exception>
    public static ValueTask<RecordReader> OpenAsync(string sourceName, Stream stream, CsvLayout layout, RecordIdentity identity, CancellationToken cancellationToken) =>
        OpenAsync(sourceName, stream, layout, identity, Utf8Blocks.DefaultBytes, cancellationToken);

    /// <summary>As above, with a size of blocks of one's own.</summary>
    public static async ValueTask<RecordReader> OpenAsync(
        string sourceName,
        Stream stream,
        CsvLayout layout,
        RecordIdentity identity,
        int blockBytes,
        CancellationToken cancellationToken)
    {
        try
        {
            CsvDialect.Check(layout);
            SourceText text = await SourceText.OpenAsync(sourceName, stream, layout, cancellationToken).ConfigureAwait(false);
            return IsJson(text.Head.Span, layout)
                ? new JsonRecordReader(text, layout, identity, blockBytes)
                : CsvRecordReader.Open(text, layout, identity, blockBytes);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads one quarantined row again, by itself, as the layout says now. Line, byte offset and raw bytes are those of the quarantined record.</summary>
    /// <exception cref="SourceFormatException">The layout does not fit the header that the row came with.</exception>
    /// <exception cref="BillingConfigurationException">The layout states what cannot be.</exception>
    public static ParsedRow ReadAgain(QuarantinedRecord record, CsvLayout layout, RecordIdentity identity)
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

    /// <summary>Whether a source that begins so is JSON; never where the layout states a separator or an escape of CSV.</summary>
    public static bool IsJson(ReadOnlySpan<byte> head, CsvLayout layout)
    {
        int first = head.IndexOfAnyExcept(" \t\r\n"u8);
        if (layout.Separator is not null || layout.Escape is not null || first < 0 || head[first] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        int inner = head[(first + 1)..].IndexOfAnyExcept(" \t\r\n"u8);
        byte next = inner < 0 ? default : head[first + 1 + inner];
        if (head[first] == (byte)'{')
        {
            return inner < 0 || next is (byte)'"' or (byte)'}' || !IsBracedName(head[first..]);
        }

        // [Date],[Amount] is a header of CSV: an array of records holds objects.
        return inner < 0 || next is (byte)'{' or (byte)']';
    }

    /// <summary>Whether a text begins as {Date},{Amount} does: such braces are around a name of a header, not around an object that is broken.</summary>
    private static bool IsBracedName(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny("}:\r\n"u8);
        return end > 0 && text[end] == (byte)'}' && end + 1 < text.Length && text[end + 1] is (byte)',' or (byte)';' or (byte)'\t' or (byte)'|';
    }

    /// <summary>A row that was no UTF-8 is read in the encoding that the layout has by now.</summary>
    private static (ReadOnlyMemory<byte> Text, string? TranscodedFrom) Decode(QuarantinedRecord record, CsvLayout layout)
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

    private static ParsedRow? ReadCsvAgain(QuarantinedRecord record, ReadOnlyMemory<byte> text, string? transcodedFrom, CsvLayout layout, RecordIdentity identity)
    {
        if (record.Header is null || record.Separator is not char separator)
        {
            return null;
        }

        CsvDialect dialect = CsvDialect.Of(layout, (byte)separator);
        IReadOnlyList<string> names = CsvHeader.Split(Masked(Encoding.UTF8.GetBytes(record.Header), layout), dialect);
        CsvRowMapper mapper = new(ColumnMap.Resolve(record.Source.Name, names, layout, identity), layout, names, (byte)separator);
        using CsvRowReader rows = new(new Utf8Blocks(Masked(text.ToArray(), layout), record.Source.ByteOffset), record.Source.Line, dialect, names.Count, LeastFields(names), mapper.ReadsAsRow, transcodedFrom);
        return rows.Next() == RowStep.Row && rows.RawLength == text.Length ? Placed(record, mapper.Map(rows)) : null;
    }

    private static byte[] Masked(byte[] text, CsvLayout layout)
    {
        if (layout.Escape is { } escape)
        {
            bool afterCr = false;
            _ = CsvEscape.Mask(text, (byte)escape, isFinal: true, ref afterCr);
        }

        return text;
    }

    // Names of a source without a header are its places, none of which is blank.
    private static int LeastFields(IReadOnlyList<string> names) => names.Count - names.Reverse().TakeWhile(string.IsNullOrWhiteSpace).Count();

    private static ParsedRow? ReadJsonAgain(QuarantinedRecord record, ReadOnlyMemory<byte> text, string? transcodedFrom, CsvLayout layout, RecordIdentity identity)
    {
        JsonNames names = new();
        foreach (string name in record.Header is null ? [] : JsonRecordReader.NamesOf(record.Header))
        {
            names.Add(name);
        }

        JsonRowReader rows = new(new Utf8Blocks(text.Span, record.Source.ByteOffset), record.Source.Line, names, layout.MaxRecordBytes, transcodedFrom);
        JsonRowMapper? mapper = null;
        return rows.Next() == RowStep.Row && rows.RawLength == text.Length
            ? Placed(record, JsonRecordReader.Map(record.Source.Name, rows, names, layout, identity, ref mapper))
            : null;
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

    /// <summary>The row with the bytes as they were quarantined, whatever they were decoded to.</summary>
    private static ParsedRow Placed(QuarantinedRecord record, ParsedRow read) => new()
    {
        Line = record.Source.Line,
        ByteOffset = record.Source.ByteOffset,
        Raw = record.Raw,
        RawLength = record.RawLength,
        Fault = read.Fault,
        Date = read.Date,
        Instant = read.Instant,
        Amount = read.Amount,
        CurrencyCode = read.CurrencyCode,
        SourceId = read.SourceId,
        Party = read.Party,
        Account = read.Account,
        Description = read.Description,
        Scope = read.Scope,
        Attributes = read.Attributes,
        IdentityValues = read.IdentityValues,
    };
}
