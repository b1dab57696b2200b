using System.Text.Unicode;
using Billing.Rows;
using Billing.Texts;
using Billing.Values;

namespace Billing.Json;

/// <summary>Cuts blocks into JSON objects: one, one per line, or the elements of an array. Anything else costs only itself.</summary>
internal sealed class JsonRowReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private readonly Utf8Blocks _blocks;
    private readonly int _maxRecordBytes;
    private readonly string? _transcodedFrom;
    private readonly JsonNames _names;
    private readonly JsonRowsFinder? _finder;
    private bool _inRows;
    private bool _isSingle;
    private long _line;
    private int _indent;
    private bool _indenting = true;
    private bool _begun;
    private bool _isArray;
    private bool _closed;
    private JsonSkip _skip;
    private string? _skipped;

    /// <param name="blocks">The source.</param>
    /// <param name="firstLine">The line that it begins on.</param>
    /// <param name="names">The member names, to which new ones are added.</param>
    /// <param name="rows">The path to the records, if they are within a document.</param>
    public JsonRowReader(Utf8Blocks blocks, long firstLine, JsonNames names, int maxRecordBytes, string? transcodedFrom, string? rows = null)
    {
        _finder = rows is null ? null : new JsonRowsFinder(rows);
        _blocks = blocks;
        _line = firstLine - 1;
        _names = names;
        _maxRecordBytes = maxRecordBytes;
        _transcodedFrom = transcodedFrom;
        Object = new JsonObject(names);
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

    /// <summary>The fault of its form, or null. There is an object only if it is null.</summary>
    public RowFault? StructureFault { get; private set; }

    /// <summary>The members of the row; valid until the next step.</summary>
    public JsonObject Object { get; }

    /// <summary>Whether the source is an array, or a document, that is not closed at its end: it may be cut off. Known at the end.</summary>
    public bool IsUnclosed => _finder is null ? _isArray && !_closed : _inRows || _finder.IsOpen;

    /// <summary>Whether the path to the records led nowhere. Known at the end.</summary>
    public bool LacksRows => _finder is { HasFound: false };

    /// <summary>The size of the present block in bytes, for tests of the bound on memory.</summary>
    internal int BlockBytes => _blocks.Buffer.Length;

    /// <summary>Moves to the next row.</summary>
    public RowStep Next()
    {
        if (_skipped is not null)
        {
            return GoOnSkipping();
        }

        if (!SkipToRow())
        {
            return _blocks.IsFinal ? RowStep.End : RowStep.NeedsBlock;
        }

        bool isObject = !_closed && _blocks.Unread[0] == (byte)'{';
        if (!isObject)
        {
            return Skip(_closed ? "there is more text after the end of the array." : "it does not start with '{'.", isObject: false);
        }

        int known = _names.All.Count;
        switch (Object.Read(_blocks.Buffer.AsMemory(_blocks.Position, _blocks.End - _blocks.Position), _blocks.IsFinal))
        {
            case JsonStep.Object when Object.Length <= _maxRecordBytes:
                return AcceptIfAlone();

            case JsonStep.NeedsMore when _blocks.Unread.Length <= _maxRecordBytes:
                return RowStep.NeedsBlock;

            case JsonStep.Broken:
                ForgetNamesAfter(known);
                return Skip(Object.Error, isObject: true);

            default:
                ForgetNamesAfter(known);
                return Skip("it is too large.", isObject: true);
        }
    }

    /// <summary>Reads the next block.</summary>
    public ValueTask FillAsync(CancellationToken cancellationToken) => _blocks.FillAsync(cancellationToken);

    /// <summary>Forgets names after something that is not an object: only an object may name the columns.</summary>
    private void ForgetNamesAfter(int known)
    {
        if (known == 0)
        {
            _names.Clear();
        }
    }

    /// <summary>Skips blanks, and in an array its brackets and commas, up to the first byte of a row.</summary>
    private bool SkipToRow()
    {
        ReadOnlySpan<byte> buffer = _blocks.Buffer.AsSpan(0, _blocks.End);
        for (int at = _blocks.Position; at < buffer.Length; at++)
        {
            byte b = buffer[at];
            if (b is LineBreaks.Cr or LineBreaks.Lf)
            {
                _line += b == LineBreaks.Lf && at > 0 && buffer[at - 1] == LineBreaks.Cr ? 0 : 1;
                _indent = 0;
                _indenting = true;
            }
            else if (_indenting && b == ByteOrderMark[0] && ByteOrderMark.StartsWith(buffer[at..Math.Min(buffer.Length, at + ByteOrderMark.Length)]))
            {
                // As in joined files; the end of the block may cut it off.
                if (buffer.Length - at < ByteOrderMark.Length)
                {
                    _blocks.Position = at;
                    return _blocks.IsFinal;
                }

                at += ByteOrderMark.Length - 1;
            }
            else if (_finder is not null && !_inRows)
            {
                _indenting &= b is (byte)' ' or (byte)'\t';
                _indent += _indenting ? 1 : 0;
                if (_finder.Feed(b))
                {
                    (_inRows, _isArray, _begun) = (true, true, true);
                    if (b == (byte)'{')
                    {
                        // One record in the place of an array.
                        _isSingle = true;
                        _blocks.Position = at;
                        return true;
                    }
                }
            }
            else if (b is (byte)' ' or (byte)'\t' || (_isArray && !_closed && b == (byte)','))
            {
                _indent += _indenting ? 1 : 0;
            }
            else
            {
                _indenting = false;
                if (!_begun && b == (byte)'[')
                {
                    _isArray = true;
                }
                else if (_isArray && !_closed && b == (byte)']')
                {
                    _closed = _finder is null;
                    _inRows = false;
                }
                else
                {
                    _begun = true;
                    _blocks.Position = at;
                    return true;
                }

                _begun = true;
            }
        }

        _blocks.Position = buffer.Length;
        return false;
    }

    /// <summary>Accepts the object that was read, unless it shares its line with something else, which is allowed only in an array.</summary>
    private RowStep AcceptIfAlone()
    {
        int length = Object.Length;
        int passed = length;
        if (!_isArray)
        {
            ReadOnlySpan<byte> after = _blocks.Unread[length..];
            int other = after.IndexOfAnyExcept((byte)' ', (byte)'\t');
            if (other < 0 && !_blocks.IsFinal)
            {
                return RowStep.NeedsBlock;
            }

            // A comma at the end of a line, as in an array that lost its brackets, means nothing.
            if (other >= 0 && after[other] == (byte)',')
            {
                int next = after[(other + 1)..].IndexOfAnyExcept((byte)' ', (byte)'\t');
                if (next < 0 && !_blocks.IsFinal)
                {
                    return RowStep.NeedsBlock;
                }

                passed += other + 1;
                other = next < 0 ? -1 : other + 1 + next;
            }

            if (other >= 0 && after[other] is not (LineBreaks.Cr or LineBreaks.Lf))
            {
                return Skip("there is more text after the object on its line.", isObject: true);
            }
        }

        Take(_blocks.Buffer.AsMemory(_blocks.Position, length), length);
        ReadOnlySpan<byte> raw = Raw.Span;
        EncodingFault = IsText(raw) ? null : TextFaults.BadEncoding(raw, _transcodedFrom);
        StructureFault = null;
        int lineBreaks = LineBreaks.Count(raw);
        if (lineBreaks > 0)
        {
            _line += lineBreaks;
            ReadOnlySpan<byte> lastLine = raw[(raw.LastIndexOfAny(LineBreaks.Cr, LineBreaks.Lf) + 1)..];
            _indent = lastLine.IndexOfAnyExcept((byte)' ', (byte)'\t');
        }

        _blocks.Position += passed;
        EndSingle();
        return RowStep.Row;
    }

    private RowStep Skip(string why, bool isObject)
    {
        JsonSkip skip = new(_isArray && !_closed, isObject, _indent);
        ReadOnlySpan<byte> unread = _blocks.Unread;
        bool ended = skip.Feed(unread) || _blocks.IsFinal;
        if (!ended && unread.Length <= _maxRecordBytes)
        {
            return RowStep.NeedsBlock;
        }

        Take(_blocks.Buffer.AsMemory(_blocks.Position, (int)Math.Min(ended ? skip.Length : long.MaxValue, _maxRecordBytes)), 0);
        _skip = skip;
        if (ended)
        {
            _blocks.Position += (int)skip.Consumed;
            return EndSkipping(why);
        }

        _skipped = why;
        _blocks.Position = _blocks.End;
        return RowStep.NeedsBlock;
    }

    private RowStep GoOnSkipping()
    {
        long before = _skip.Consumed;
        bool ended = _skip.Feed(_blocks.Unread) || _blocks.IsFinal;
        _blocks.Position += (int)(_skip.Consumed - before);
        return ended ? EndSkipping(_skipped!) : RowStep.NeedsBlock;
    }

    private RowStep EndSkipping(string why)
    {
        _skipped = null;
        RawLength = _skip.Length;
        if (RawLength < Raw.Length)
        {
            Raw = Raw[..(int)RawLength];
        }

        bool tooLarge = RawLength > _maxRecordBytes;
        EncodingFault = tooLarge || Utf8.IsValid(Raw.Span) ? null : TextFaults.BadEncoding(Raw.Span, transcodedFrom: null);
        StructureFault = tooLarge
            ? RowFaults.TooLarge(RawLength, _maxRecordBytes)
            : new(QuarantineReason.BadJson, $"The record cannot be read as one JSON object: {why} Correct it in the source.");
        _line += _skip.LineBreaks;
        _indent = _skip.Indent;
        _indenting = false;
        EndSingle();
        return RowStep.Row;
    }

    private void EndSingle()
    {
        _inRows &= !_isSingle;
        _isSingle = false;
    }

    private void Take(ReadOnlyMemory<byte> raw, long length)
    {
        Line = _line;
        ByteOffset = _blocks.BaseOffset + _blocks.Position;
        Raw = raw;
        RawLength = length;
    }

    private bool IsText(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && (_transcodedFrom is null || bytes.IndexOf("\uFFFD"u8) < 0);
}
