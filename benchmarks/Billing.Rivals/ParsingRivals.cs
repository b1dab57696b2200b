using CsvHelper;
using nietras.SeparatedValues;
using SylvanReader = Sylvan.Data.Csv.CsvDataReader;

namespace Billing.Rivals;

/// <summary>Parsing alone: every field of every row is read, dates and amounts as such.</summary>
internal static class ParsingRivals
{
    private const int Date = 6;
    private const int Amount = 8;

    public static Outcome CsvHelper(string file)
    {
        long rows = 0;
        decimal sum = 0;
        using CsvReader reader = CsvReader.FromFile(file);
        while (reader.Read())
        {
            rows++;
            for (int i = 0; i < Amount; i++)
            {
                _ = reader.GetSpan(i);
            }

            _ = reader.Parse<DateOnly>(Date);
            sum += reader.Parse<decimal>(Amount);
        }

        return Of(rows, sum);
    }

    public static Outcome Sep(string file)
    {
        long rows = 0;
        decimal sum = 0;
        using SepReader reader = nietras.SeparatedValues.Sep.New(',').Reader(options => options with { Unescape = true }).FromFile(file);
        foreach (SepReader.Row row in reader)
        {
            rows++;
            for (int i = 0; i < Amount; i++)
            {
                _ = row[i].Span;
            }

            _ = row[Date].Parse<DateOnly>();
            sum += row[Amount].Parse<decimal>();
        }

        return Of(rows, sum);
    }

    public static Outcome Sylvan(string file)
    {
        long rows = 0;
        decimal sum = 0;
        using SylvanReader reader = SylvanReader.Create(file);
        while (reader.Read())
        {
            rows++;
            for (int i = 0; i < Amount; i++)
            {
                _ = reader.GetFieldSpan(i);
            }

            _ = reader.GetDateTime(Date);
            sum += reader.GetDecimal(Amount);
        }

        return Of(rows, sum);
    }

    private static Outcome Of(long rows, decimal sum) => new(rows, (long)(sum * 100), -1);
}
