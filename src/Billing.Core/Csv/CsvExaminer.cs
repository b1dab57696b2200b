using Billing.Texts;
using CsvHelper;

namespace Billing.Csv;

/// <summary>
/// Distinguishes a lawful record of several lines from one whose quote was never meant to stay open, so that a stray quote costs only its own row.
/// The verdict depends only on the lines of the record in their order, not on where a block ends.
/// </summary>
internal sealed class CsvExaminer(CsvDialect dialect, int columns, CsvRowJudge judge)
{
    // Two columns are too few to tell a row from a line of text that holds a comma.
    private const int LeastColumnsToJudge = 3;

    private readonly CsvReaderOptions _options = dialect.Options(onMalformed: null);

    /// <summary>The number of fields that a row must have.</summary>
    public int Columns => columns;

    /// <summary>Examines the record at <paramref name="start"/>.</summary>
    /// <param name="buffer">The block.</param>
    /// <param name="end">Where its bytes end.</param>
    /// <param name="isFinal">Whether the source ends there.</param>
    /// <param name="byLine">Whether every quote that is open at the end of a line counts as unclosed.</param>
    public CsvExamination Examine(byte[] buffer, int start, int end, bool isFinal, bool byLine)
    {
        CsvScan record = new(dialect.Separator, dialect.Quote);
        int firstLength = 0;
        int breaks = 0;
        bool firstReadsAsRow = false;
        bool laterFits = false;
        bool laterFitsCleanly = false;
        for (int lineStart = start; ;)
        {
            int found = LineBreaks.IndexIn(buffer.AsSpan(lineStart, end - lineStart));
            int lineEnd = found < 0 ? end : lineStart + found;
            int length = lineEnd - start;
            if (length > dialect.MaxRecordBytes)
            {
                return laterFits ? Unclosed(lineEnd) : new(CsvVerdict.TooLarge, 0, 0, 0, length);
            }

            if (found < 0 && !isFinal)
            {
                return default;
            }

            ReadOnlyMemory<byte> line = buffer.AsMemory(lineStart, lineEnd - lineStart);
            if (breaks == 0)
            {
                firstLength = length;
            }
            else if (Look(line, out bool clean))
            {
                laterFits = true;
                laterFitsCleanly |= clean;
                if (firstReadsAsRow || (clean && ReadsAsRow(line)))
                {
                    return Unclosed(lineEnd);
                }
            }

            record.Feed(line.Span);
            if (breaks > 0 && record.Malformed && laterFits)
            {
                return Unclosed(lineEnd);
            }

            if (!record.InQuotes)
            {
                return record.Malformed ? new(CsvVerdict.Malformed, length, breaks, record.Fields, length)
                    : record.Fields == columns ? new(CsvVerdict.Lawful, length, breaks, record.Fields, length)
                    : laterFitsCleanly ? Unclosed(lineEnd)
                    : new(CsvVerdict.Ragged, length, breaks, record.Fields, length);
            }

            if (found < 0)
            {
                return laterFits ? Unclosed(lineEnd) : Unterminated(buffer.AsSpan(start, length), record.Fields);
            }

            if (byLine)
            {
                return Unclosed(lineEnd);
            }

            if (breaks == 0)
            {
                firstReadsAsRow = ReadsAsRow(Without(line.Span, record.OpenedAt));
            }

            lineStart = lineEnd + LineBreaks.LengthAt(buffer.AsSpan(0, end), lineEnd);
            breaks++;
        }

        CsvExamination Unclosed(int lineEnd) => new(CsvVerdict.UnclosedQuote, firstLength, 0, 0, lineEnd - start);
    }

    private static CsvExamination Unterminated(ReadOnlySpan<byte> rest, int fields)
    {
        ReadOnlySpan<byte> text = rest.TrimEnd("\r\n"u8);
        return new(CsvVerdict.Unterminated, text.Length, LineBreaks.Count(text), fields, rest.Length);
    }

    /// <summary>Returns a line without the quote at <paramref name="at"/>.</summary>
    public static byte[] Without(ReadOnlySpan<byte> line, int at) => [.. line[..at], .. line[(at + 1)..]];

    /// <summary>Whether a line by itself has the right number of fields, even if a quote on it is not closed either: then it is the next bad row.</summary>
    private bool Look(ReadOnlyMemory<byte> line, out bool clean)
    {
        clean = false;
        if (line.IsEmpty)
        {
            return false;
        }

        CsvScan scan = CsvScan.OfLine(line.Span, dialect.Separator, dialect.Quote);
        clean = scan.IsClean;
        return scan.Fields == columns
            || (scan.InQuotes && CsvScan.OfLine(Without(line.Span, scan.OpenedAt), dialect.Separator, dialect.Quote).Fields == columns);
    }

    private bool ReadsAsRow(ReadOnlyMemory<byte> line)
    {
        if (columns < LeastColumnsToJudge || !Look(line, out _))
        {
            return false;
        }

        // The line break keeps the reader from taking the first bytes for a byte order mark.
        byte[] alone = [LineBreaks.Lf, .. line.Span];
        using CsvReader reader = CsvReader.Create((ReadOnlyMemory<byte>)alone, _options);
        return reader.Read() && judge(reader);
    }
}
