using System.Text;
using Billing.Layouts;
using Billing.Rows;
using Billing.Values;
using CsvHelper;

namespace Billing.Csv;

/// <summary>Turns the row that a <see cref="CsvRowReader"/> is on into a <see cref="ParsedRow"/>.</summary>
internal sealed class CsvRowMapper
{
    private readonly RowMapper _roles;
    private readonly bool _hasNullValues;
    private readonly CsvFooter _footer;
    private readonly CsvFooter _maybe;
    private readonly byte? _escape;
    private readonly byte[][]? _header;

    /// <param name="columns">The columns.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="header">The names as written.</param>
    /// <param name="separator">The separator.</param>
    public CsvRowMapper(ColumnMap columns, SourceLayout layout, IReadOnlyList<string> header, byte separator)
    {
        _escape = (byte?)layout.Escape;
        _header = layout.HasHeader ? [.. header.Select(Encoding.UTF8.GetBytes)] : null;
        _footer = new CsvFooter(layout.Footer, layout, columns.Date >= 0 ? columns.Date : columns.Instant, separator);
        _maybe = layout.Stated.Count == 0 ? _footer : new CsvFooter([.. layout.Footer, .. layout.Stated.Select(line => line.Begins)], layout, -1, separator);
        _roles = new RowMapper(columns, layout);
        _hasNullValues = layout.NullValues.Count > 0;
    }

    /// <summary>What is told at the end of the rows that were read; null if nothing is.</summary>
    public string? Warning => _roles.Warning;

    /// <summary>The reader of amounts.</summary>
    public AmountReader Amounts => _roles.Amounts;

    /// <summary>Whether the line that the reader is on has a date and an amount.</summary>
    public bool ReadsAsRow(CsvReader line) => _roles.ReadsAsRow(new CsvFields(line, _escape));

    /// <summary>Whether the line that the reader is on is one that the layout names as footer, and not a row.</summary>
    public bool IsFooter(CsvRowReader rows) => !_footer.IsEmpty && _footer.Names(rows.Raw.Span) && _footer.Holds(rows);

    /// <summary>Fills a row with what the reader is on.</summary>
    /// <param name="sample">Looks at some of the rows; null if nothing does.</param>
    public void Map(CsvRowReader rows, ParsedRow row, RowSample? sample = null)
    {
        row.Begin(rows.Line, rows.ByteOffset, rows.Raw, rows.RawLength, rows.Block, _roles.Shape);
        row.Fault = rows.StructureFault is RowFault structure
            ? rows.EncodingFault ?? structure
            : _roles.Map(rows.Values, row, rows.EncodingFault);
        if (row.Fault is not null && rows.StructureFault is null && IsHeader(rows.Values))
        {
            row.Fault = CsvFaults.RepeatedHeader;
        }

        if (row.Fault is null && !_maybe.IsEmpty && _maybe.Names(rows.Raw.Span))
        {
            row.Fault = CsvFaults.MaybeFooter;
        }

        if (row.Fault is null)
        {
            ReadAttributes(rows.Values, row);
        }

        if (sample is not null && row.Fault != CsvFaults.RepeatedHeader && sample.Takes())
        {
            sample.Begin(_roles.Columns);
            if (rows.StructureFault is null)
            {
                sample.Note(rows.Values, row);
            }
        }
    }

    // Only rows that could not be read are compared: a header has no date.
    private bool IsHeader(in CsvFields fields)
    {
        for (int i = 0; i < _header?.Length; i++)
        {
            if (!fields[i].SequenceEqual(_header[i]))
            {
                return false;
            }
        }

        return _header is not null;
    }

    private void ReadAttributes(in CsvFields fields, ParsedRow row)
    {
        int[] columns = _roles.Columns.Attributes;
        Span<RowText> values = row.SetAttributes();
        for (int i = 0; i < columns.Length; i++)
        {
            ReadOnlySpan<byte> value = fields[columns[i]];
            values[i] = _hasNullValues && _roles.Columns.IsNull(value) ? default : RowText.Of(value, row.Block, _roles.Shape.Attributes[i]);
        }
    }
}
