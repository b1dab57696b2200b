using System.Globalization;
using CsvHelper;

namespace Billing.Web.Client.Importing;

/// <summary>A preview as a CSV file: one line per row of the source, with what it becomes. Text that a spreadsheet would take for a formula is defused.</summary>
public static class PreviewCsv
{
    private static readonly string[] s_columns = ["line", "outcome", "reason", "key", "date", "amount", "currency", "reporting_amount", "reporting_currency", "category", "party", "description"];

    /// <summary>Writes the rows.</summary>
    public static byte[] Write(LocalPreview preview)
    {
        using MemoryStream bytes = new();
        CsvWriter csv = CsvWriter.Create(bytes, new CsvWriterOptions { Injection = CsvInjection.Escape, NewLine = "\r\n" }, leaveOpen: true);
        using (csv)
        {
            Write(csv, s_columns);
            foreach (LocalRow row in preview.Rows)
            {
                Write(csv, row);
            }
        }

        return bytes.ToArray();
    }

    // Amounts go as numbers, so that the minus of -5.00 is not taken for a formula.
    private static void Write(CsvWriter csv, LocalRow row)
    {
        BillingRecord? record = row.Record;
        csv.WriteField(row.Outcome.Source.Line, default);
        csv.WriteField(row.Outcome.Kind.ToString().ToLowerInvariant());
        csv.WriteField(row.Outcome.Reason);
        csv.WriteField(row.Outcome.Key.ToString());
        csv.WriteField(record?.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Write(csv, record?.Amount.Amount ?? row.Refused?.Amount);
        csv.WriteField(record?.Amount.Currency.Code ?? row.Refused?.CurrencyCode);
        Write(csv, record?.ReportingAmount.Amount);
        csv.WriteField(record?.ReportingAmount.Currency.Code);
        csv.WriteField(record?.Category);
        csv.WriteField(record?.Party);
        csv.WriteField(record?.Description);
        csv.EndRecord();
    }

    private static void Write(CsvWriter csv, decimal? amount)
    {
        if (amount is { } number)
        {
            csv.WriteField(number, default);
        }
        else
        {
            csv.WriteField("");
        }
    }

    private static void Write(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }
}
