using CsvHelper;

namespace Billing.Currencies;

/// <summary>Opens the CSV files of rates: commas, UTF-8, nothing repaired.</summary>
internal static class RateCsv
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        HasHeader = false,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        AllowLineBreaksInQuotes = false,
    };

    public static CsvReader Open(byte[] bytes) => CsvReader.Create(bytes, Options);

    /// <summary>The next row that holds anything.</summary>
    /// <exception cref="BillingConfigurationException">The row's quotes are wrong.</exception>
    public static bool Read(CsvReader csv, string file)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException error)
        {
            throw new BillingConfigurationException(file, error.LineNumber, "A quote is opened and not closed, or stands within a value. Mend the quotes of that line.", error);
        }
    }
}
