using System.Globalization;
using Billing.Layouts;
using Billing.Rows;
using Billing.Sources;
using Billing.Texts;

namespace Billing.Csv;

/// <summary>Reads the rows of a CSV source.</summary>
internal sealed class CsvRecordReader : RecordReader
{
    private readonly SourceText _text;
    private readonly CsvHeader? _header;
    private readonly CsvRowReader? _rows;
    private readonly CsvRowMapper? _mapper;
    private readonly List<string> _warnings;
    private readonly CsvStatedLines? _stated;
    private IReadOnlyList<string> _missing = [];
    private bool _passesHeaders;
    private bool _stays;
    private long _footers;
    private long _headers;

    private CsvRecordReader(SourceText text, CsvHeader? header, CsvRowReader? rows, CsvRowMapper? mapper, CsvStatedLines? stated, List<string> warnings)
    {
        _text = text;
        _header = header;
        _rows = rows;
        _mapper = mapper;
        _stated = stated;
        _warnings = warnings;
    }

    public override SourceFormat Format => SourceFormat.Csv;

    public override string? Header => _header?.Text;

    public override char? Separator => (char?)_header?.Separator;

    public override IReadOnlyList<string> Warnings => _mapper?.Warning is { } told ? [.. _warnings, $"{_text.SourceName}: {told}"] : _warnings;

    public override IReadOnlyList<StatedFigure> Stated => _stated?.Figures ?? [];

    public override IReadOnlyList<string> StatedProblems => _stated?.Problems ?? _missing;

    /// <exception cref="SourceFormatException">The header cannot be read, or its columns cannot be a record.</exception>
    public static CsvRecordReader Open(SourceText text, SourceLayout layout, RecordIdentity identity, int blockBytes)
    {
        CsvHeader? header = CsvHeader.Read(text, layout, names => Resolves(text.SourceName, names, layout, identity));
        if (header is null)
        {
            return new CsvRecordReader(text, null, null, null, null, [.. text.Warnings, $"{text.SourceName} is empty"]) { _missing = CsvStatedLines.MissingIn(layout) };
        }

        ThrowIfRow(text.SourceName, header, layout);
        ColumnMap columns = ColumnMap.Resolve(text.SourceName, header.Names, layout, identity);
        CsvRowMapper mapper = new(columns, layout, header.Names, header.Separator);
        Stream stream = new PrefixedStream(text.Head[header.RowsBegin..], text.Rest);
        CsvRowReader rows = new(
            new Utf8Blocks(stream, text.FirstOffset + header.RowsBegin, blockBytes),
            header.RowsBeginOnLine,
            CsvDialect.Of(layout, header.Separator),
            header.Names.Count,
            header.LeastFields,
            mapper.ReadsAsRow,
            text.TranscodedFrom?.WebName);
        CsvStatedLines? stated = layout.Stated.Count == 0 ? null : new CsvStatedLines(text.SourceName, layout, header.Names, columns, mapper, CsvDialect.Of(layout, header.Separator));
        stated?.TakeBeforeHeader(text.Head.Span, layout.SkipRows);
        return new CsvRecordReader(text, header, rows, mapper, stated, [.. text.Warnings, .. header.Warnings, .. columns.Warnings]) { _passesHeaders = layout.RepeatedHeaders };
    }

    // Without this check, the first row of a source without a header would be lost as its header.
    private static void ThrowIfRow(string sourceName, CsvHeader header, SourceLayout layout)
    {
        if (layout.HasHeader && !(NamesOne(layout.Date) || NamesOne(layout.Instant)) && RowLook.LikeARow(header.Names))
        {
            throw new SourceFormatException(sourceName, $"its first line, {Excerpt.Of(header.Text)}, looks like a row, not like a header. If there is no header, set in a layout \"header\": false, and columns by place, such as \"date\": \"#1\".");
        }

        bool NamesOne(string? column) => column is { Length: > 0 } && header.Names.Any(name => name.Trim().Equals(column.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    public override async ValueTask<bool> ReadAsync(RecycledList<ParsedRow> rows, int capacity, int mostBytes, CancellationToken cancellationToken)
    {
        if (_rows is null)
        {
            return false;
        }

        long bytes = 0;
        while (rows.Count < capacity && bytes < mostBytes)
        {
            if (_stated?.NextBetween() is { } line)
            {
                bytes += line.Raw.Length;
                rows.Put(line);
                continue;
            }

            RowStep step = _stays ? RowStep.Row : _rows.Next();
            _stays = false;
            switch (step)
            {
                case RowStep.Row when _stated is not null && _stated.Takes(_rows):
                    break;

                case RowStep.Row when _mapper!.IsFooter(_rows):
                    _footers++;
                    break;

                case RowStep.Row when _stated is not null && _stated.Meets():
                    _stays = true;
                    break;

                case RowStep.Row:
                    ParsedRow row = rows.Add();
                    _mapper!.Map(_rows, row, Sample);
                    bytes += row.Raw.Length;
                    if (_passesHeaders && row.Fault == CsvFaults.RepeatedHeader)
                    {
                        _headers++;
                        rows.Cut(rows.Count - 1);
                    }

                    break;

                case RowStep.NeedsBlock:
                    await _rows.FillAsync(cancellationToken).ConfigureAwait(false);
                    break;

                default:
                    _stated?.Complete();
                    TellPassed(ref _footers, "as the layout's footer says");
                    TellPassed(ref _headers, "which repeat the header, as the layout's repeatedHeaders says");
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

    private void TellPassed(ref long lines, string why)
    {
        if (lines > 0)
        {
            _warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{_text.SourceName}: {lines} {(lines == 1 ? "line was" : "lines were")} skipped, {(lines == 1 ? why.Replace("repeat ", "repeats ", StringComparison.Ordinal) : why)}"));
            lines = 0;
        }
    }

    private static bool Resolves(string sourceName, IReadOnlyList<string> names, SourceLayout layout, RecordIdentity identity)
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
