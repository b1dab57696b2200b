using System.Globalization;
using System.Text;
using Billing.Layouts;
using Billing.Rows;
using Billing.Texts;

namespace Billing.Csv;

/// <summary>
/// Takes the lines that state totals out of a source: before its first row and after its last. Whether a line comes after the last row shows only at the end, so
/// such lines wait; if a row follows, they are rows themselves, and go to quarantine.
/// </summary>
internal sealed class CsvStatedLines
{
    // More, before the first row or after the last, would be no header and no footer: they are rows.
    private const int MostLines = 100;

    private readonly CsvRowMapper _mapper;
    private readonly CsvDialect _dialect;
    private readonly CsvStatedLine[] _lines;
    private readonly List<StatedFigure> _figures = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<CsvStatedLine> _found = [];
    private readonly List<(CsvStatedLine Line, ParsedRow Row)> _waiting = [];
    private readonly Queue<ParsedRow> _between = new();
    private bool _hasRows;
    private int _leading;

    /// <param name="names">The names of the header.</param>
    /// <exception cref="SourceFormatException">There is no such column.</exception>
    public CsvStatedLines(string sourceName, SourceLayout layout, IReadOnlyList<string> names, ColumnMap columns, CsvRowMapper mapper, CsvDialect dialect)
    {
        _mapper = mapper;
        _dialect = dialect;
        int date = columns.Date >= 0 ? columns.Date : columns.Instant;
        HeaderNames header = new(names);
        _lines = [.. layout.Stated.Select(line => new CsvStatedLine(line, new CsvFooter([line.Begins], layout, date, dialect.Separator), new StatedReader(sourceName, line, layout, header, mapper.Amounts)))];
    }

    /// <summary>What is wrong with a source without any line.</summary>
    public static IReadOnlyList<string> MissingIn(SourceLayout layout) => [.. layout.Stated.Where(line => !line.IsOptional).Select(Missing)];

    /// <summary>The figures; complete at the end.</summary>
    public IReadOnlyList<StatedFigure> Figures => _figures;

    /// <summary>Why lines cannot be read, or are missing; complete at the end.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Takes the lines before the header.</summary>
    public void TakeBeforeHeader(ReadOnlySpan<byte> head, int lines)
    {
        for (int line = 1, at = 0; line <= lines && at < head.Length; line++)
        {
            int found = LineBreaks.IndexIn(head[at..]);
            int end = found < 0 ? head.Length : at + found;
            ReadOnlySpan<byte> text = head[at..end];
            foreach (CsvStatedLine stated in _lines)
            {
                if (stated.Words.Names(text))
                {
                    Read(stated, line, text);
                    break;
                }
            }

            at = found < 0 ? head.Length : end + LineBreaks.LengthAt(head, end);
        }
    }

    /// <summary>Takes the line that a reader is on, if it is one that states totals as far as can be seen.</summary>
    public bool Takes(CsvRowReader rows)
    {
        foreach (CsvStatedLine line in _lines)
        {
            if (line.Words.Names(rows.Raw.Span) && (line.Line.IsDated ? line.IsExactly(rows.Raw.Span, _dialect) : line.Words.Holds(rows)))
            {
                return _waiting.Count < MostLines && _leading < MostLines && Take(line, rows);
            }
        }

        return false;
    }

    /// <summary>Notes that the reader is on a row. The lines that waited are then rows that come before it.</summary>
    /// <returns>Whether there are any; the reader stays where it is until <see cref="NextBetween"/> has given them all.</returns>
    public bool Meets()
    {
        _hasRows = true;
        _waiting.ForEach(line => _between.Enqueue(line.Row));
        _waiting.Clear();
        return _between.Count > 0;
    }

    /// <summary>Returns the next line that turned out to be between rows, or null.</summary>
    public ParsedRow? NextBetween() => _between.TryDequeue(out ParsedRow? row) ? row : null;

    /// <summary>Reads the lines after the last row, and says which are missing. At the end of the source.</summary>
    public void Complete()
    {
        _waiting.ForEach(line => Read(line.Line, line.Row.Line, line.Row.Raw.Span));
        _waiting.Clear();
        foreach (CsvStatedLine line in _lines.Where(line => !line.Line.IsOptional && _found.Add(line)))
        {
            _problems.Add(Missing(line.Line));
        }
    }

    private static string Missing(StatedLine line) => $"there is no line that begins with '{line.Begins.Trim()}', which the layout says states totals before the first row or after the last: the source may be cut off";

    private bool Take(CsvStatedLine stated, CsvRowReader rows)
    {
        if (!_hasRows)
        {
            _leading++;
            Read(stated, rows.Line, rows.Raw.Span);
            return true;
        }

        ParsedRow row = new();
        _mapper.Map(rows, row);
        row.Fault = CsvFaults.StatedBetweenRows;
        _waiting.Add((stated, row));
        return true;
    }

    private void Read(CsvStatedLine stated, long number, ReadOnlySpan<byte> line)
    {
        _found.Add(stated);
        if (Encoding.UTF8.GetString(line).Contains('\uFFFD', StringComparison.Ordinal))
        {
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}, '{stated.Line.Begins}', is not text in the source's encoding"));
            return;
        }

        stated.Reader.Read(number, CsvHeader.Split(line, _dialect), _figures, _problems);
    }
}
