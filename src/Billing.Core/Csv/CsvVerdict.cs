namespace Billing.Csv;

/// <summary>The verdict on a record.</summary>
internal enum CsvVerdict
{
    /// <summary>Not known without more bytes.</summary>
    NeedsMore,

    /// <summary>A record, perhaps of several lines.</summary>
    Lawful,

    /// <summary>One bad record: text follows a closing quote.</summary>
    Malformed,

    /// <summary>One bad record: more or fewer fields than the header.</summary>
    Ragged,

    /// <summary>One bad record, to the end of the source: a quote is never closed, and no line after it looks like a row.</summary>
    Unterminated,

    /// <summary>Only its first line is bad: a quote is not closed on it, and rows follow.</summary>
    UnclosedQuote,

    /// <summary>It is larger than the limit; its end is still to be found.</summary>
    TooLarge,
}
