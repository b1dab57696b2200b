using CsvHelper;

namespace Billing.Currencies;

/// <summary>Opens the CSV files of rates: commas, UTF-8, no repairs.</summary>
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

    /// <summary>Moves to the next row that is not blank.</summary>
    /// <exception cref="BillingConfigurationException">The row's quotes are wrong.</exception>
    public static bool Read(CsvReader csv, string file)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException error)
        {
            throw new BillingConfigurationException(file, error.LineNumber, "A quote is not closed, or is within a value. Correct the quotes on that line.", error);
        }
    }
}
