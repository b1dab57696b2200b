using System.Text;
using System.Text.Unicode;
using Billing.Rows;
using Billing.Texts;
using Billing.Values;
using CsvHelper;

namespace Billing.Csv;

/// <summary>
/// Cuts blocks into rows. The CSV library reads a block in place; only what it finds suspicious, and what spans lines, is examined further.
/// A bad row costs only itself, and every byte of the source belongs to a row.
/// </summary>
internal sealed class CsvRowReader : IDisposable
{
    // After a row that had to be cut out, the rest of the block is read in small slices first: the library scans ahead, and would scan a block full of bad rows once for each of them.
    private const int FirstSliceBytes = 2 * 1024;
    private const int SliceGrowth = 4;

    private readonly Utf8Blocks _blocks;
    private readonly CsvDialect _dialect;
    private readonly CsvExaminer _examiner;
    private readonly CsvReaderOptions _options;
    private readonly string? _transcodedFrom;
    private readonly CsvRowForm _form;
    private CsvReader? _reader;
    private int _sliceStart;
    private int _sliceEnd;
    private int _sliceBytes = int.MaxValue;
    private bool _sliceIsText;
    private bool _flagged;
    private CsvOversized? _oversized;
    private long _lineAtPosition;
    private CsvDebt _debt;

    /// <param name="blocks">The rows, from the start of a line.</param>
    /// <param name="firstLine">The number of that line.</param>
    /// <param name="columns">The number of fields of the header.</param>
    /// <param name="leastFields">The number of fields that a row needs: columns without a name at the end of the header need none.</param>
    /// <param name="judge">Whether fields read as a row.</param>
    /// <param name="transcodedFrom">The name of the encoding that the source was transcoded from, or null when it is UTF-8.</param>
    public CsvRowReader(Utf8Blocks blocks, long firstLine, CsvDialect dialect, int columns, int leastFields, CsvRowJudge judge, string? transcodedFrom)
    {
        _blocks = blocks;
        _dialect = dialect;
        _examiner = new CsvExaminer(dialect, columns, judge);
        _options = dialect.Options(_ => _flagged = true);
        _transcodedFrom = transcodedFrom;
        _form = new CsvRowForm(dialect, columns, leastFields);
        _debt = new CsvDebt(dialect.MaxRecordBytes);
        _lineAtPosition = firstLine - 1;
    }

    /// <summary>The line that the row starts on.</summary>
    public long Line { get; private set; }

    /// <summary>The offset of its first byte.</summary>
    public long ByteOffset { get; private set; }

    /// <summary>Its bytes, as many as are kept.</summary>
    public ReadOnlyMemory<byte> Raw { get; private set; }

    /// <summary>Its length in the source, in bytes.</summary>
    public long RawLength { get; private set; }

    /// <summary>The fault of its bytes as text, or null.</summary>
    public RowFault? EncodingFault { get; private set; }

    /// <summary>The fault of its form, or null. There are fields only if it is null.</summary>
    public RowFault? StructureFault { get; private set; }

    /// <summary>The fields of the row; valid until the next step.</summary>
    public CsvReader Fields => _reader!;

    /// <summary>The values of the fields, without escapes.</summary>
    public CsvFields Values => new(_reader!, _dialect.Escape, _blocks.Buffer);

    /// <summary>The present block, which is never written again.</summary>
    public byte[] Block => _blocks.Buffer;

    /// <summary>The size of the present block in bytes, for tests of the bound on memory.</summary>
    internal int BlockBytes => _blocks.Buffer.Length;

    /// <summary>Moves to the next row.</summary>
    public RowStep Next()
    {
        while (true)
        {
            if (_oversized is not null)
            {
                if (!_oversized.Advance(_blocks))
                {
                    return RowStep.NeedsBlock;
                }

                AcceptOversized(_oversized);
                return RowStep.Row;
            }

            if (_reader is null && !OpenSlice())
            {
                return _blocks.IsFinal ? RowStep.End : RowStep.NeedsBlock;
            }

            _flagged = false;
            if (!_reader!.Read())
            {
                EndSlice();
                continue;
            }

            ReadOnlySpan<byte> record = _reader.RawRecord;
            int start = _sliceStart + (int)_reader.ByteOffset;
            int length = record.Length;
            if (record[0] == Encoding.UTF8.Preamble[0] && record.StartsWith(Encoding.UTF8.Preamble))
            {
                PassMark(start);
                continue;
            }

            bool open = start + length == _sliceEnd && !(_blocks.IsFinal && _sliceEnd == _blocks.End);
            bool examine = _flagged || length > _dialect.MaxRecordBytes || LineBreaks.IndexIn(record) >= 0;
            if (!examine && !open)
            {
                if (_form.IsBlank(_reader, record[0]))
                {
                    Pass(start, start + length);
                    continue;
                }

                Accept(start, length, lineBreaks: 0, _form.FieldCountFault(_reader), checkText: !_sliceIsText);
                return RowStep.Row;
            }

            if (!examine)
            {
                if (!HoldForMore(start))
                {
                    return RowStep.NeedsBlock;
                }

                continue;
            }

            long offset = _blocks.BaseOffset + start;
            CsvExamination found = _examiner.Examine(_blocks.Buffer, start, _blocks.End, _blocks.IsFinal, byLine: _debt.IsByLine(offset));
            if (found.Verdict == CsvVerdict.NeedsMore)
            {
                Hold(start);
                return RowStep.NeedsBlock;
            }

            if (found.Verdict == CsvVerdict.TooLarge)
            {
                Hold(start);
                BeginOversized(start);
                continue;
            }

            bool agrees = !open && found.Length == length;
            if (found.Verdict == CsvVerdict.Lawful && !agrees)
            {
                if (open && HoldForMore(start))
                {
                    continue;
                }

                // The CSV library sees a different end, so the values are not certain.
                found = found with { Verdict = CsvVerdict.Malformed };
            }

            if (found.Verdict == CsvVerdict.UnclosedQuote)
            {
                _debt.Owe(offset, found.Scanned);
            }

            Accept(start, found.Length, found.LineBreaks, found.Verdict == CsvVerdict.Ragged && agrees ? _form.FieldCountFault(_reader) : _form.FaultOf(found), checkText: true);
            if (!agrees)
            {
                CloseSlice();
                _sliceBytes = FirstSliceBytes;
            }

            return RowStep.Row;
        }
    }

    /// <summary>Reads the next block.</summary>
    public ValueTask FillAsync(CancellationToken cancellationToken)
    {
        CloseSlice();
        return _blocks.FillAsync(cancellationToken);
    }

    public void Dispose() => CloseSlice();

    /// <summary>Opens the next slice. It begins with a line break, so that the library never takes the first bytes of a row for a byte order mark.</summary>
    private bool OpenSlice()
    {
        ReadOnlySpan<byte> unread = _blocks.Unread;
        if (unread is [] or [LineBreaks.Cr] or [LineBreaks.Lf])
        {
            return false;
        }

        _sliceStart = _blocks.Position;
        _sliceEnd = _sliceStart + Math.Min(unread.Length, _sliceBytes);
        ReadOnlyMemory<byte> slice = _blocks.Buffer.AsMemory(_sliceStart, _sliceEnd - _sliceStart);
        // Masked bytes are not text by themselves.
        _sliceIsText = _dialect.Escape is null && IsText(slice.Span);
        _reader = CsvReader.Create(slice, _options);
        return true;
    }

    /// <summary>Ends a slice: only line breaks are left after its last record. The last byte stays, and the next slice begins with it.</summary>
    private void EndSlice()
    {
        Hold(_sliceEnd);
        WidenSlice();
    }

    private void CloseSlice()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private void WidenSlice() => _sliceBytes = _sliceBytes > int.MaxValue / SliceGrowth ? int.MaxValue : _sliceBytes * SliceGrowth;

    /// <summary>Keeps the record at <paramref name="start"/> for a wider slice or the next block, with the line break before it.</summary>
    private void Hold(int start)
    {
        int breaks = LineBreaks.Count(_blocks.Buffer.AsSpan(_blocks.Position, start - _blocks.Position));
        if (breaks > 0)
        {
            _lineAtPosition += breaks - 1;
            _blocks.Position = start - 1;
        }

        CloseSlice();
    }

    /// <summary>Keeps the record for a wider slice, if this block has one.</summary>
    private bool HoldForMore(int start)
    {
        bool wider = _sliceEnd < _blocks.End;
        Hold(start);
        WidenSlice();
        return wider;
    }

    private void Accept(int start, int length, int lineBreaks, RowFault? fault, bool checkText)
    {
        Line = _lineAtPosition + LineBreaks.Count(_blocks.Buffer.AsSpan(_blocks.Position, start - _blocks.Position));
        ByteOffset = _blocks.BaseOffset + start;
        ReadOnlyMemory<byte> row = _blocks.Buffer.AsMemory(start, length);
        Raw = Unmasked(row);
        RawLength = length;
        StructureFault = fault;
        EncodingFault = checkText ? TextFault(Raw.Span) : null;
        _lineAtPosition = Line + lineBreaks + (_dialect.Escape is null ? 0 : CsvEscape.LineBreaksIn(row.Span));
        _blocks.Position = start + length;
        _debt.Pay(length);
    }

    private void BeginOversized(int start)
    {
        int breaks = LineBreaks.Count(_blocks.Buffer.AsSpan(_blocks.Position, start - _blocks.Position));
        _oversized = new CsvOversized(
            _dialect,
            _examiner.Columns,
            _blocks.BaseOffset + start,
            _lineAtPosition + breaks,
            _blocks.Buffer.AsMemory(start, _dialect.MaxRecordBytes));
        _blocks.Position = start;
    }

    private void AcceptOversized(CsvOversized record)
    {
        _oversized = null;
        Line = record.Line;
        ByteOffset = record.Offset;
        RawLength = record.Length;
        if (RawLength > _dialect.MaxRecordBytes)
        {
            Raw = Unmasked(record.FirstBytes);
            StructureFault = RowFaults.TooLarge(RawLength, _dialect.MaxRecordBytes);
            EncodingFault = null;
        }
        else
        {
            // It was too large only because of what follows, which turned out to be a row.
            Raw = Unmasked(record.FirstBytes[..(int)RawLength]);
            StructureFault = CsvFaults.UnclosedQuote((char)_dialect.Quote);
            EncodingFault = TextFault(Raw.Span);
        }

        _lineAtPosition = record.LastLine;
        _debt.Forgive();
    }

    private ReadOnlyMemory<byte> Unmasked(ReadOnlyMemory<byte> row) =>
        _dialect.Escape is { } escape && CsvEscape.IsIn(row.Span) ? CsvEscape.Unmask(row.Span, escape) : row;

    private bool IsText(ReadOnlySpan<byte> bytes) =>
        _transcodedFrom is null ? Utf8.IsValid(bytes) : bytes.IndexOf("\uFFFD"u8) < 0;

    private RowFault? TextFault(ReadOnlySpan<byte> row) =>
        IsText(row) ? null : TextFaults.BadEncoding(row, _transcodedFrom);

    /// <summary>Skips a byte order mark before a record, as in joined files: it is not part of a value. Its last byte becomes the line break that a slice begins with.</summary>
    private void PassMark(int start)
    {
        int last = start + Encoding.UTF8.Preamble.Length - 1;
        Pass(start, last);
        _lineAtPosition--;
        _blocks.Buffer[last] = LineBreaks.Lf;
        CloseSlice();
    }

    /// <summary>Skips bytes that are not in a row.</summary>
    private void Pass(int start, int end)
    {
        _lineAtPosition += LineBreaks.Count(_blocks.Buffer.AsSpan(_blocks.Position, start - _blocks.Position));
        _blocks.Position = end;
    }
}
