using System.Globalization;
using Billing.Values;
using CsvHelper;

namespace Billing.Currencies;

/// <summary>Reads a table with the columns <c>base,quote,rate</c> and optionally <c>date,source</c>, in any order.</summary>
internal sealed class FixedRatesCsv
{
    private static readonly string[] Known = ["base", "quote", "rate", "date", "source"];

    private const int Required = 3;

    private readonly CsvReader _csv;
    private readonly string _file;
    private readonly int[] _columns = new int[Known.Length];
    private readonly FixedRateTable _table = new();

    private FixedRatesCsv(CsvReader csv, string file)
    {
        _csv = csv;
        _file = file;
    }

    /// <exception cref="BillingConfigurationException">The table is wrong.</exception>
    public static FixedRateTable Read(byte[] bytes, string file)
    {
        using CsvReader csv = RateCsv.Open(bytes);
        return new FixedRatesCsv(csv, file).Read();
    }

    private FixedRateTable Read()
    {
        if (!RateCsv.Read(_csv, _file))
        {
            throw new BillingConfigurationException(_file, 1, "The file is empty. Begin it with the columns base,quote,rate.");
        }

        int columns = ReadHeader();
        bool any = false;
        while (RateCsv.Read(_csv, _file))
        {
            if (_csv.FieldCount != columns)
            {
                throw Fault($"This line has {_csv.FieldCount} fields, but the header has {columns}. Decimals need a point, not a comma.");
            }

            ReadRate();
            any = true;
        }

        return any ? _table : throw new BillingConfigurationException(_file, 1, "The file has a header, but no rates. Add at least one line.");
    }

    private int ReadHeader()
    {
        Array.Fill(_columns, -1);
        for (int i = 0; i < _csv.FieldCount; i++)
        {
            string name = _csv.GetString(i);
            int known = Array.FindIndex(Known, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (known < 0)
            {
                throw Fault($"'{name}' is not a column of a rates file. The columns are base,quote,rate and, optionally, date,source, separated by commas.");
            }

            if (_columns[known] >= 0)
            {
                throw Fault($"The column '{Known[known]}' appears twice. Keep one of them.");
            }

            _columns[known] = i;
        }

        int missing = Array.IndexOf(_columns, -1);
        return missing is < 0 or >= Required
            ? _csv.FieldCount
            : throw Fault($"The column '{Known[missing]}' is missing. The columns are base,quote,rate and, optionally, date,source.");
    }

    private void ReadRate()
    {
        string quoteCode = Field(1);
        if (!Currency.TryParse(quoteCode, out Currency? quote))
        {
            throw Fault(RateFaults.UnknownCurrency(quoteCode));
        }

        string number = Field(2);
        if (!ExactDecimal.TryParse(number, out decimal rate))
        {
            throw Fault(RateFaults.BadRate(number));
        }

        string source = Field(4);
        if (_table.Add(Field(0), quote, rate, Date(Field(3)), source.Length > 0 ? source : Path.GetFileName(_file)) is { } fault)
        {
            throw Fault(fault);
        }
    }

    private DateOnly? Date(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw Fault(RateFaults.BadDate(text));
    }

    private string Field(int known) => _columns[known] < 0 ? "" : _csv.GetString(_columns[known]).Trim();

    private BillingConfigurationException Fault(string message) => new(_file, _csv.LineNumber, message);
}
