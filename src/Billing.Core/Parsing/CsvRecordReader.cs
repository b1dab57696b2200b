using Billing.Sources;

namespace Billing.Parsing;

/// <summary>Reads the rows of a CSV source.</summary>
internal sealed class CsvRecordReader : RecordReader
{
    private readonly SourceText _text;
    private readonly CsvHeader? _header;
    private readonly CsvRowReader? _rows;
    private readonly CsvRowMapper? _mapper;

    private CsvRecordReader(SourceText text, CsvHeader? header, CsvRowReader? rows, CsvRowMapper? mapper, IReadOnlyList<string> warnings)
    {
        _text = text;
        _header = header;
        _rows = rows;
        _mapper = mapper;
        Warnings = warnings;
    }

    public override SourceFormat Format => SourceFormat.Csv;

    public override string? Header => _header?.Text;

    public override char? Separator => (char?)_header?.Separator;

    public override IReadOnlyList<string> Warnings { get; }

    /// <exception cref="SourceFormatException">The header cannot be read, or its columns cannot be a record.</exception>
    public static CsvRecordReader Open(SourceText text, CsvLayout layout, RecordIdentity identity, int blockBytes)
    {
        CsvHeader? header = CsvHeader.Read(text, layout, names => Resolves(text.SourceName, names, layout, identity));
        if (header is null)
        {
            return new CsvRecordReader(text, null, null, null, [.. text.Warnings, $"{text.SourceName} is empty"]);
        }

        ColumnMap columns = ColumnMap.Resolve(text.SourceName, header.Names, layout, identity);
        CsvRowMapper mapper = new(columns, layout);
        Stream stream = new PrefixedStream(text.Head[header.RowsBegin..], text.Rest);
        CsvRowReader rows = new(
            new Utf8Blocks(stream, text.FirstOffset + header.RowsBegin, blockBytes),
            header.RowsBeginOnLine,
            CsvDialect.Of(layout, header.Separator),
            header.Names.Count,
            mapper.ReadsAsRow,
            text.TranscodedFrom?.WebName);
        return new CsvRecordReader(text, header, rows, mapper, [.. text.Warnings, .. header.Warnings]);
    }

    public override async ValueTask<bool> ReadAsync(List<ParsedRow> rows, int capacity, CancellationToken cancellationToken)
    {
        if (_rows is null)
        {
            return false;
        }

        while (rows.Count < capacity)
        {
            switch (_rows.Next())
            {
                case RowStep.Row:
                    rows.Add(_mapper!.Map(_rows));
                    break;

                case RowStep.NeedsBlock:
                    await _rows.FillAsync(cancellationToken).ConfigureAwait(false);
                    break;

                default:
                    return false;
            }
        }

        return true;
    }

    public override ValueTask DisposeAsync()
    {
        _rows?.Dispose();
        return _text.Rest.DisposeAsync();
    }

    private static bool Resolves(string sourceName, IReadOnlyList<string> names, CsvLayout layout, RecordIdentity identity)
    {
        try
        {
            ColumnMap.Resolve(sourceName, names, layout, identity);
            return true;
        }
        catch (SourceFormatException)
        {
            return false;
        }
    }
}
