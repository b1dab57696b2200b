using Billing.Texts;

namespace Billing.Csv;

/// <summary>Finds the end of a record over the limit, in bounded memory: its own end, or the first line after its first that by itself looks like a row.</summary>
internal sealed class CsvOversized(CsvDialect dialect, int columns, long offset, long line, ReadOnlyMemory<byte> firstBytes)
{
    private CsvScan _record = new(dialect.Separator, dialect.Quote);
    private long _lineBreaks;
    private bool _withinLine;
    private long _end;

    /// <summary>The offset of its first byte.</summary>
    public long Offset => offset;

    /// <summary>The line that it starts on.</summary>
    public long Line => line;

    /// <summary>Its first bytes, as many as are kept.</summary>
    public ReadOnlyMemory<byte> FirstBytes => firstBytes;

    /// <summary>Its length in bytes, once the end was found.</summary>
    public long Length => _end - offset;

    /// <summary>The line that it ends on, once the end was found.</summary>
    public long LastLine => line + _lineBreaks;

    /// <summary>Continues in a block, from its position, which is at the start of a line or within one.</summary>
    /// <returns>Whether the end was found. The position is then on the line break before the next record.</returns>
    public bool Advance(Utf8Blocks blocks)
    {
        while (true)
        {
            ReadOnlySpan<byte> unread = blocks.Unread;
            int found = LineBreaks.IndexIn(unread);
            if (found < 0 && !blocks.IsFinal)
            {
                if (unread.Length > dialect.MaxRecordBytes || _withinLine)
                {
                    _record.Feed(unread);
                    _withinLine = true;
                    blocks.Position = blocks.End;
                }

                return false;
            }

            ReadOnlySpan<byte> text = found < 0 ? unread : unread[..found];
            if (IsRow(text))
            {
                blocks.Position--;
                _lineBreaks--;
                return true;
            }

            if (found >= 0 && found + 1 == unread.Length && unread[found] == LineBreaks.Cr && !blocks.IsFinal)
            {
                // The other half of the line break may be in the next block.
                if (_withinLine)
                {
                    _record.Feed(text);
                    blocks.Position += found;
                }

                return false;
            }

            _record.Feed(text);
            _withinLine = false;
            blocks.Position += text.Length;
            _end = blocks.BaseOffset + blocks.Position;
            if (found < 0 || !_record.InQuotes)
            {
                return true;
            }

            blocks.Position += LineBreaks.LengthAt(unread, found);
            _lineBreaks++;
        }
    }

    private bool IsRow(ReadOnlySpan<byte> text)
    {
        if (_lineBreaks == 0 || _withinLine || text.IsEmpty || text.Length > dialect.MaxRecordBytes)
        {
            return false;
        }

        CsvScan scan = CsvScan.OfLine(text, dialect.Separator, dialect.Quote);
        return scan.IsClean && scan.Fields == columns;
    }
}
