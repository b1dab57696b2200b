using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace Billing.Rivals;

/// <summary>What a .NET developer makes of a row first: a class for the row, <c>GetRecords</c>, <c>SHA256.HashData</c>, a dictionary of what was seen.</summary>
internal sealed record PlainRecord(InvoiceRow Row, byte[] Key, byte[] Fingerprint, int Occurrence, decimal Rate)
{
    public string Date => Row.bill_date.ToString("O", CultureInfo.InvariantCulture);

    public string Amount => Row.bill_amount.ToString(CultureInfo.InvariantCulture);

    public decimal Dollars => Math.Round(Row.bill_amount * Rate, 2);

    public string Category => Row.product_line.ToLowerInvariant();

    /// <summary>The records of a file, in its order.</summary>
    public static IEnumerable<PlainRecord> ReadAll(string file)
    {
        Dictionary<string, int> occurrences = [];
        using CsvReader reader = CsvReader.FromFile(file);
        foreach (InvoiceRow row in reader.GetRecords<InvoiceRow>())
        {
            byte[] fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', row.id, row.company_name, row.country, row.city, row.product_line, row.item, row.bill_date.ToString("O", CultureInfo.InvariantCulture), row.currency, row.bill_amount.ToString(CultureInfo.InvariantCulture))));
            string hex = Convert.ToHexStringLower(fingerprint);
            int occurrence = occurrences[hex] = occurrences.GetValueOrDefault(hex) + 1;
            decimal rate = row.currency switch { "CAD" => 0.75m, "MXN" => 0.059m, _ => 1m };
            yield return new PlainRecord(row, SHA256.HashData(Encoding.UTF8.GetBytes($"{hex}\u001f{occurrence}")), fingerprint, occurrence, rate);
        }
    }
}
