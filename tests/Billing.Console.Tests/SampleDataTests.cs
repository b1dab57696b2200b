using System.Text;

namespace Billing.Console.Tests;

/// <summary>The planted faults are in the bytes: an editor or a checkout that "mends" them breaks the samples.</summary>
public sealed class SampleDataTests
{
    private const string Header = "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount";

    [Theory]
    [InlineData("billing_data_bakery_june_2025.csv", "\"", "\n", true)]
    [InlineData("billing_data_dairy_june_2025.csv", "", "\r\n", true)]
    [InlineData("billing_data_meat_june_2025.csv", "", "\n", false)]
    public void The_invoice_files_have_their_line_ends_and_their_stray_quote(string name, string lead, string newLine, bool endsWithNewLine)
    {
        string text = Encoding.UTF8.GetString(File.ReadAllBytes(Workplace.Sample(name)));
        string[] lines = text.Split(newLine, endsWithNewLine ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None);
        Assert.Equal(lead + Header, lines[0]);
        Assert.Equal(Enumerable.Range(1, 15), lines[1..].Select(line => int.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(lines, line => line.AsSpan().ContainsAny('\r', '\n'));
        Assert.Equal(endsWithNewLine, text.EndsWith('\n'));
        Assert.Equal(lead.Length, text.Count(c => c == '"') % 2);
    }

    [Theory]
    [InlineData("billing_data_dairy_june_2025.csv", ",ABC,", 4)]
    [InlineData("billing_data_dairy_june_2025.csv", ",2023/05/11,", 8)]
    [InlineData("billing_data_meat_june_2025.csv", ",Seafood,", 4)]
    [InlineData("billing_data_meat_june_2025.csv", ",-640.00", 7)]
    [InlineData("billing_data_bakery_june_2025.csv", ",1250000.00", 15)]
    public void Every_planted_fault_is_on_its_row(string name, string fault, int row)
    {
        string[] lines = File.ReadAllLines(Workplace.Sample(name));
        Assert.Equal([row], Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains(fault, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_bank_statement_is_windows_1252()
    {
        byte[] bytes = File.ReadAllBytes(Workplace.Sample("kontoauszug_juni_2025.csv"));
        Assert.Contains((byte)0x80, bytes);
        Assert.Contains((byte)0xFC, bytes);
        Assert.Throws<DecoderFallbackException>(() => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes));
    }
}
