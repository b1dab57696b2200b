namespace Billing.Csv;

/// <summary>
/// Follows the quotes of a record, line by line, by the same rules as the CSV reader. It finds what the CSV reader does not report:
/// everything that is wrong with a record, and where a quote was opened. Only suspicious records are scanned.
/// </summary>
internal struct CsvScan(byte separator, byte quote)
{
    private CsvFieldState _state = CsvFieldState.Start;

    /// <summary>The number of fields so far, including the present one.</summary>
    public int Fields { get; private set; } = 1;

    /// <summary>Whether text followed a closing quote.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Whether a quote was in an unquoted field, where it is text.</summary>
    public bool StrayQuote { get; private set; }

    /// <summary>The index in the last text fed where the last quoted field was opened, or -1.</summary>
    public int OpenedAt { get; private set; } = -1;

    /// <summary>Whether a quoted field is open: a line break here is part of it.</summary>
    public readonly bool InQuotes => _state == CsvFieldState.Quoted;

    /// <summary>Whether every quote encloses a field or is doubled within one.</summary>
    public readonly bool IsClean => !Malformed && !StrayQuote && !InQuotes;

    /// <summary>Scans one line as a record of its own.</summary>
    public static CsvScan OfLine(ReadOnlySpan<byte> line, byte separator, byte quote)
    {
        CsvScan scan = new(separator, quote);
        scan.Feed(line);
        return scan;
    }

    /// <summary>Continues with a text without line breaks: a line, or a part of one.</summary>
    public void Feed(ReadOnlySpan<byte> text)
    {
        OpenedAt = -1;
        int at = 0;
        while (at < text.Length)
        {
            switch (_state)
            {
                case CsvFieldState.Start when text[at] == quote:
                    _state = CsvFieldState.Quoted;
                    OpenedAt = at++;
                    break;

                case CsvFieldState.Start:
                    _state = CsvFieldState.Unquoted;
                    break;

                case CsvFieldState.Unquoted:
                    at = FeedUnquoted(text, at);
                    break;

                case CsvFieldState.Quoted:
                    int next = text[at..].IndexOf(quote);
                    _state = next < 0 ? CsvFieldState.Quoted : CsvFieldState.QuoteInQuoted;
                    at = next < 0 ? text.Length : at + next + 1;
                    break;

                case CsvFieldState.QuoteInQuoted when text[at] == quote:
                    _state = CsvFieldState.Quoted;
                    at++;
                    break;

                default:
                    Malformed |= text[at] != separator;
                    _state = CsvFieldState.Unquoted;
                    break;
            }
        }
    }

    private int FeedUnquoted(ReadOnlySpan<byte> text, int at)
    {
        int found = text[at..].IndexOfAny(separator, quote);
        if (found < 0)
        {
            return text.Length;
        }

        at += found;
        if (text[at] == separator)
        {
            Fields++;
            _state = CsvFieldState.Start;
        }
        else
        {
            StrayQuote = true;
        }

        return at + 1;
    }
}
