using System.Globalization;
using System.Text;

namespace Billing.Benchmarks;

/// <summary>Invoice lines of the shape of system 1: nine columns, three currencies, few repeats.</summary>
internal static class Invoices
{
    private static readonly string[] s_currencies = ["USD", "CAD", "MXN"];
    private static readonly string[] s_lines = ["Bakery", "Dairy", "Meat"];
    private static readonly string[] s_cities = ["Toronto", "Boston", "Guadalajara", "Québec"];

    public static byte[] Csv(int rows, int seed = 1)
    {
        Random random = new(seed);
        StringBuilder text = new("id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n", rows * 96);
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1},Company {random.Next(500)},Canada,{s_cities[random.Next(4)]},{s_lines[random.Next(3)]},Item {random.Next(2_000)},2025-{random.Next(1, 13):00}-{random.Next(1, 29):00},{s_currencies[random.Next(3)]},{random.Next(1, 200_000) / 100m:0.00}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
