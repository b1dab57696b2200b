using System.Text;
using Billing.Core.Tests.Reading;

namespace Billing.Core.Tests.Csv;

/// <summary>Bad input costs time in proportion to its size, and memory within the limit of a record. Cost that grew with the square would not end here.</summary>
[Trait("Culture", "independent")]
public sealed class CsvCostTests
{
    private const int Rows = 200_000;

    [Fact]
    public void An_unclosed_quote_on_every_row()
    {
        List<CsvRows.Row> rows = Read(Rows, i => $"{i},\"Acme,2025-06-01,1.00\n");
        Assert.Equal(Rows, rows.Count);
        Assert.All(rows, row => Assert.Equal(QuarantineReason.UnclosedQuote, row.Fault));
    }

    [Fact]
    public void An_unclosed_quote_on_every_row_and_nothing_that_tells_rows_from_text()
    {
        // Every line leaves a quote open, alone and within the one before: no line decides before the limit.
        List<CsvRows.Row> rows = Read(Rows, _ => "a\",\"c\n", columns: 2);
        Assert.Equal(Rows, rows.Count);
    }

    [Fact]
    public void A_quote_at_byte_0_of_a_large_source_that_has_no_other()
    {
        List<CsvRows.Row> rows = Read(Rows, i => (i == 0 ? "\"" : "") + "1,Acme,2025-06-01,1.00\n");
        Assert.Equal(Rows, rows.Count);
        Assert.Equal([1L], rows.Where(row => row.Fault is not null).Select(row => row.Line));
    }

    [Fact]
    public void A_quote_that_is_text_on_every_row()
    {
        List<CsvRows.Row> rows = Read(Rows, _ => "1,5\" pipe,2025-06-01,1.00\n");
        Assert.Equal(Rows, rows.Count);
        Assert.All(rows, row => Assert.Null(row.Fault));
    }

    [Fact]
    public void One_line_that_is_larger_than_memory_should_hold()
    {
        const int limit = 4096;
        List<CsvRows.Row> rows = CsvRows.Read(
            new GeneratedStream(Rows, i => i == 0 ? "1,\"" : i == Rows - 1 ? "\n2,B,2025-06-02,2.00\n" : new string('x', 250)), 4, 16 * 1024, limit, largestBlock: 64 * 1024);
        Assert.Equal([QuarantineReason.RecordTooLarge, null], rows.Select(row => row.Fault));
        Assert.Equal((limit, 3 + ((Rows - 2) * 250L)), (rows[0].Raw.Length, rows[0].RawLength));
        Assert.Equal((2L, "2,B,2025-06-02,2.00"), (rows[1].Line, rows[1].Raw));
    }

    [Fact]
    public void One_record_of_many_lines_that_is_larger_than_memory_should_hold()
    {
        const int limit = 4096;
        List<CsvRows.Row> rows = CsvRows.Read(
            new GeneratedStream(Rows, i => i == 0 ? "1,\"" : i == Rows - 1 ? "\",2025-06-01,1.00\r\n2,B,2025-06-02,2.00\r\n" : "some line of text\r\n"), 4, 16 * 1024, limit, largestBlock: 64 * 1024);
        Assert.Equal([QuarantineReason.RecordTooLarge, null], rows.Select(row => row.Fault));
        Assert.Equal((Rows, "2,B,2025-06-02,2.00"), (rows[1].Line, rows[1].Raw));
    }

    private static List<CsvRows.Row> Read(int lines, Func<int, string> line, int columns = 4)
    {
        StringBuilder text = new();
        for (int i = 0; i < lines; i++)
        {
            text.Append(line(i));
        }

        return CsvRows.Read(Encoding.UTF8.GetBytes(text.ToString()), columns, 65536);
    }
}
