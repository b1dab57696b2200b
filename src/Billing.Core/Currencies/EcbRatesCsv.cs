using System.Globalization;
using Billing.Values;
using CsvHelper;

namespace Billing.Currencies;

/// <summary>
/// Reads the ECB's table: a column <c>Date</c>, one column per currency, and an empty one at the end.
/// Dates are <c>2026-04-13</c> in the history and <c>13 April 2026</c> in the daily file.
/// </summary>
internal sealed class EcbRatesCsv
{
    private const string Remedy = "Download the file again from the ECB (eurofxref-hist.zip).";

    private static readonly string[] DateFormats = ["yyyy-MM-dd", "d MMMM yyyy"];

    private readonly CsvReader _csv;
    private readonly string _file;
    private readonly List<Currency> _currencies = [];
    private readonly SortedDictionary<int, decimal[]> _days = [];
    private int _fields;

    private EcbRatesCsv(CsvReader csv, string file)
    {
        _csv = csv;
        _file = file;
    }

    /// <exception cref="BillingConfigurationException">The table does not have that form.</exception>
    public static EcbRateTable Read(byte[] bytes, string file, int maxStalenessDays)
    {
        using CsvReader csv = RateCsv.Open(bytes);
        EcbRatesCsv table = new(csv, file);
        table.Read();
        return new EcbRateTable([.. table._days.Keys], [.. table._days.Values], [.. table._currencies], maxStalenessDays);
    }

    private void Read()
    {
        if (!RateCsv.Read(_csv, _file))
        {
            throw new BillingConfigurationException(_file, 1, $"The file is empty. {Remedy}");
        }

        ReadHeader();
        while (RateCsv.Read(_csv, _file))
        {
            ReadDay();
        }

        if (_days.Count == 0)
        {
            throw new BillingConfigurationException(_file, 1, $"The file has a header, but no day. {Remedy}");
        }
    }

    private void ReadHeader()
    {
        _fields = _csv.FieldCount;
        if (_csv.GetString(0) != "Date")
        {
            throw Fault($"The first column is '{_csv.GetString(0)}', not 'Date'. {Remedy}");
        }

        for (int i = 1; i < _fields; i++)
        {
            string code = _csv.GetString(i);
            if (code.Length == 0 && i == _fields - 1)
            {
                break;
            }

            if (!Currency.TryParse(code, out Currency? currency))
            {
                throw Fault($"Column {i + 1}: {RateFaults.UnknownCurrency(code)}");
            }

            if (ReferenceEquals(currency, Currency.Eur) || _currencies.Contains(currency))
            {
                throw Fault($"Column {i + 1}: {currency} appears twice, or is the base of the table. {Remedy}");
            }

            _currencies.Add(currency);
        }

        if (_currencies.Count == 0)
        {
            throw Fault($"The header names no currency. {Remedy}");
        }
    }

    private void ReadDay()
    {
        if (_csv.FieldCount != _fields)
        {
            throw Fault($"This line has {_csv.FieldCount} fields, but the header has {_fields}. {Remedy}");
        }

        string text = _csv.GetString(0);
        if (!DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            throw Fault($"'{text}' is not a date in the format yyyy-MM-dd or d MMMM yyyy (13 April 2026). {Remedy}");
        }

        decimal[] rates = new decimal[_currencies.Count];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = Rate(i);
        }

        if (_fields > rates.Length + 1 && !_csv.IsEmpty(_fields - 1))
        {
            throw Fault($"The last column has no currency, but the value '{_csv.GetString(_fields - 1)}'. {Remedy}");
        }

        if (!_days.TryAdd(date.DayNumber, rates))
        {
            throw Fault($"The day {text} appears twice. {Remedy}");
        }
    }

    private decimal Rate(int place)
    {
        string text = _csv.GetString(place + 1);
        if (text == "N/A")
        {
            return 0m;
        }

        if (!ExactDecimal.TryParse(text, out decimal rate))
        {
            throw Fault($"Column {_currencies[place]}: {RateFaults.BadRate(text)} Write N/A for a missing rate.");
        }

        return rate > 0m
            ? rate
            : throw Fault($"Column {_currencies[place]}: the rate is {text}. A rate must be greater than zero; write N/A for a missing one.");
    }

    private BillingConfigurationException Fault(string message) => new(_file, _csv.LineNumber, message);
}
