using CsvHelper;

namespace Billing.Csv;

/// <summary>How the records of one source are separated and quoted.</summary>
/// <param name="Separator">The separator, ASCII.</param>
/// <param name="Quote">The quote, ASCII.</param>
/// <param name="MaxRecordBytes">The size of the largest record, in bytes.</param>
/// <param name="Escape">The escape, ASCII, which is masked in the input; null if there is none.</param>
internal sealed record CsvDialect(byte Separator, byte Quote, int MaxRecordBytes, byte? Escape = null)
{
    private const int LeastMaxRecordBytes = 1024;
    private const int MostMaxRecordBytes = 64 * 1024 * 1024;

    /// <summary>Returns the dialect of a layout, with the separator that was found if the layout sets none.</summary>
    public static CsvDialect Of(SourceLayout layout, byte separator) => new(separator, (byte)layout.Quote, layout.MaxRecordBytes, (byte?)layout.Escape);

    /// <summary>Returns the options of the reader. Every option that matters is set, since the reader's defaults may change.</summary>
    public CsvReaderOptions Options(Action<CsvMalformedRecord>? onMalformed) => new()
    {
        Separator = (char)Separator,
        Quote = (char)Quote,
        Mode = CsvMode.Rfc4180,
        HasHeader = false,
        AllowLineBreaksInQuotes = true,
        SkipEmptyLines = true,
        CommentPrefix = null,
        TrimWhitespace = false,
        TrimInsideQuotes = false,
        MalformedData = CsvMalformedDataHandling.Recover,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
        DetectSeparatorHint = false,
        TrackLineNumbers = false,
        PoolStrings = false,
        OnMalformedRecord = onMalformed,
    };

    /// <summary>Checks what a layout says about the form of records.</summary>
    /// <exception cref="BillingConfigurationException">The layout has an impossible setting.</exception>
    public static void Check(SourceLayout layout)
    {
        string name = layout.Name ?? "layout";
        if (layout.Separator is char separator && (!IsUsable(separator) || separator == layout.Quote))
        {
            throw new BillingConfigurationException($"{name}: the separator must be one ASCII character other than the quote and a line break, such as , or ;");
        }

        if (!IsUsable(layout.Quote))
        {
            throw new BillingConfigurationException($"{name}: the quote must be one ASCII character other than a line break, such as \"");
        }

        if (layout.Escape is char escape && (!IsUsable(escape) || escape == layout.Quote || escape == layout.Separator))
        {
            throw new BillingConfigurationException($"{name}: the escape must be one ASCII character other than the quote, the separator and a line break, such as \\");
        }

        if (layout.MaxRecordBytes is < LeastMaxRecordBytes or > MostMaxRecordBytes)
        {
            throw new BillingConfigurationException($"{name}: the largest record must be {LeastMaxRecordBytes} to {MostMaxRecordBytes} bytes, not {layout.MaxRecordBytes}.");
        }

        if (layout.SkipRows < 0)
        {
            throw new BillingConfigurationException($"{name}: the number of lines to skip must be 0 or more, not {layout.SkipRows}.");
        }
    }

    private static bool IsUsable(char character) => char.IsAscii(character) && character is not ('\r' or '\n' or '\0');
}
