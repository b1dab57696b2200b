using System.Buffers.Text;
using Billing.Generators;

namespace Billing.Console.Generation;

/// <summary>
/// Invoice lines like those of the sample data, in any number, for load. The same seed gives the same bytes.
/// A dirty row has one fault that costs nobody else: a currency that is none, a date with slashes, a product line outside the three,
/// a negative amount, or an outlier.
/// </summary>
internal sealed class InvoiceGenerator(ulong seed, decimal dirtPercent)
{
    private const int LongestRow = 256;
    private const int Buffer = 1 << 18;
    private const int PerMillion = 1_000_000;

    private static readonly DateOnly s_firstDate = new(2025, 1, 1);

    private static readonly Supplier[] s_suppliers =
    [
        new("Panadería Estrella", "Mexico", "Guadalajara", "Bakery", "MXN", "Bolillos", "Conchas", "Teleras"),
        new("Boulangerie Saint-Roch", "Canada", "Québec", "Bakery", "CAD", "Baguettes", "Brioches", "\"Pain, tranché\""),
        new("Harbor Street Bakery", "United States", "Portland", "Bakery", "USD", "Sourdough loaves", "Rye bread", "Bagels"),
        new("Fromagerie du Fleuve", "Canada", "Trois-Rivières", "Dairy", "CAD", "\"Cheddar, aged\"", "Gouda", "Brie"),
        new("Lácteos San Miguel", "Mexico", "León", "Dairy", "MXN", "Queso fresco", "Crema", "Yogur natural"),
        new("Green Pasture Dairy", "United States", "Burlington", "Dairy", "USD", "Whole milk", "Butter", "Mozzarella"),
        new("Carnicería Don José", "Mexico", "Mérida", "Meat", "MXN", "Cochinita", "Costillas", "Chorizo"),
        new("Boucherie Lafontaine", "Canada", "Montréal", "Meat", "CAD", "Côtelettes de porc", "Jambon fumé", "Boudin"),
        new("\"O'Malley \"\"Famous\"\" Sausages\"", "United States", "Chicago", "Meat", "USD", "Bratwurst", "Beef brisket", "Ground beef"),
    ];

    private static readonly byte[][] s_dates = [.. Enumerable.Range(0, 365).Select(day => Bytes(day, "yyyy-MM-dd"))];

    private static readonly byte[][] s_slashDates = [.. Enumerable.Range(0, 365).Select(day => Bytes(day, "yyyy/MM/dd"))];

    private readonly int _dirtPerMillion = (int)(dirtPercent * (PerMillion / 100));

    /// <summary>Writes the header and <paramref name="rows"/> rows.</summary>
    /// <returns>The number of bytes.</returns>
    public long WriteTo(Stream stream, long rows, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Buffer];
        SplitMix random = new(seed);
        long bytes = 0;
        int used = Append(buffer, 0, "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n"u8);
        for (long row = 1; row <= rows; row++)
        {
            if (used > buffer.Length - LongestRow)
            {
                cancellationToken.ThrowIfCancellationRequested();
                stream.Write(buffer, 0, used);
                bytes += used;
                used = 0;
            }

            used = AppendRow(buffer, used, row, ref random);
        }

        stream.Write(buffer, 0, used);
        return bytes + used;
    }

    private int AppendRow(byte[] buffer, int used, long row, ref SplitMix random)
    {
        Supplier supplier = s_suppliers[random.Below(s_suppliers.Length)];
        byte[] item = supplier.Items[random.Below(supplier.Items.Length)];
        int day = random.Below(s_dates.Length);
        // 1.00 to 4,999.99; most small, as invoices are.
        long cents = 100 + ((long)random.Below(500_000) * random.Below(500_000) / 500_000);
        InvoiceDirt dirt = random.Below(PerMillion) < _dirtPerMillion ? (InvoiceDirt)(1 + random.Below(5)) : InvoiceDirt.None;

        used = AppendNumber(buffer, used, row);
        buffer[used++] = (byte)',';
        used = Append(buffer, used, supplier.Start);
        used = Append(buffer, used, dirt == InvoiceDirt.ProductLine ? "Seafood,"u8 : supplier.ProductLine);
        used = Append(buffer, used, item);
        used = Append(buffer, used, dirt == InvoiceDirt.SlashDate ? s_slashDates[day] : s_dates[day]);
        used = Append(buffer, used, dirt == InvoiceDirt.UnknownCurrency ? "ABC,"u8 : supplier.Currency);
        if (dirt == InvoiceDirt.Negative)
        {
            buffer[used++] = (byte)'-';
        }

        if (dirt == InvoiceDirt.Outlier)
        {
            cents *= 1_000_000;
        }

        used = AppendNumber(buffer, used, cents / 100);
        buffer[used++] = (byte)'.';
        buffer[used++] = (byte)('0' + (cents / 10 % 10));
        buffer[used++] = (byte)('0' + (cents % 10));
        buffer[used++] = (byte)'\n';
        return used;
    }

    private static int Append(byte[] buffer, int used, ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(used));
        return used + text.Length;
    }

    private static int AppendNumber(byte[] buffer, int used, long number)
    {
        _ = Utf8Formatter.TryFormat(number, buffer.AsSpan(used), out int written);
        return used + written;
    }

    private static byte[] Bytes(int day, string format) =>
        System.Text.Encoding.ASCII.GetBytes(s_firstDate.AddDays(day).ToString(format, System.Globalization.CultureInfo.InvariantCulture) + ",");
}
