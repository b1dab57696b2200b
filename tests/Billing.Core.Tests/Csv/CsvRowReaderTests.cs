using System.Text;

namespace Billing.Core.Tests.Csv;

/// <summary>Rows of four columns: id, party, date, amount. Every case is read with blocks of 16, 17, 64 and 65536 bytes, and must come out the same.</summary>
public sealed class CsvRowReaderTests
{
    private const string Good = "9,Acme,2025-06-30,9.00";

    public static TheoryData<string, string, string[]> Dirt => new()
    {
        { "nothing", "", [] },
        { "one row without a final line break", "1,A,2025-06-01,1.00", ["1 @0 ok 1,A,2025-06-01,1.00 = 1|A|2025-06-01|1.00"] },
        { "LF, CRLF, CR, blank lines and a blank end", "1,A,B,C\n2,A,B,C\r\n3,A,B,C\r4,A,B,C\n\n\r\n\r5,A,B,C\r\n\r\n", [
            "1 @0 ok 1,A,B,C = 1|A|B|C", "2 @8 ok 2,A,B,C = 2|A|B|C", "3 @17 ok 3,A,B,C = 3|A|B|C", "4 @25 ok 4,A,B,C = 4|A|B|C", "8 @37 ok 5,A,B,C = 5|A|B|C"] },
        { "quoted fields", "1,\"A, B\",\"say \"\"hi\"\"\",\"\"\n", ["1 @0 ok 1,\"A, B\",\"say \"\"hi\"\"\",\"\" = 1|A, B|say \"hi\"|"] },
        { "a lawful field of several lines, with separators and a blank line", "1,\"A, x\r\n\r\nb, y\",2025-06-01,1.00\n" + Good, [
            "1 @0 ok 1,\"A, x\\r\\n\\r\\nb, y\",2025-06-01,1.00 = 1|A, x\\r\\n\\r\\nb, y|2025-06-01|1.00", "4 @33 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "a lawful address whose second line has as many separators as a row", "1,\"12 Main St\nSpringfield, IL\",2025-06-01,1.00\n" + Good, [
            "1 @0 ok 1,\"12 Main St\\nSpringfield, IL\",2025-06-01,1.00 = 1|12 Main St\\nSpringfield, IL|2025-06-01|1.00", "3 @47 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "a quote in an unquoted field is text", "1,5\" pipe,2025-06-01,1.00\n2,a\"b\"c,2025-06-02,2.00", [
            "1 @0 ok 1,5\" pipe,2025-06-01,1.00 = 1|5\" pipe|2025-06-01|1.00", "2 @26 ok 2,a\"b\"c,2025-06-02,2.00 = 2|a\"b\"c|2025-06-02|2.00"] },
        { "text after a closing quote", "1,\"ab\"c,2025-06-01,1.00\n" + Good, ["1 @0 malformed_quote 1,\"ab\"c,2025-06-01,1.00", "2 @24 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "text after a closing quote behind a quote that is text", "5\",\"ab\"c,2025-06-01,1.00\n" + Good, ["1 @0 malformed_quote 5\",\"ab\"c,2025-06-01,1.00", "2 @25 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "too few and too many fields", "1,A\n2,A,B,C,D\n" + Good, ["1 @0 ragged_row 1,A", "2 @4 ragged_row 2,A,B,C,D", "3 @14 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "an unclosed quote before good rows", "1,\"A,2025-06-01,1.00\n2,B,2025-06-02,2.00\n" + Good, [
            "1 @0 unclosed_quote 1,\"A,2025-06-01,1.00", "2 @21 ok 2,B,2025-06-02,2.00 = 2|B|2025-06-02|2.00", "3 @41 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "an unclosed quote at byte 0", "\"1,A,2025-06-01,1.00\r\n2,B,2025-06-02,2.00\r\n", ["1 @0 unclosed_quote \"1,A,2025-06-01,1.00", "2 @22 ok 2,B,2025-06-02,2.00 = 2|B|2025-06-02|2.00"] },
        { "an unclosed quote that the next row's quotes seem to close", "1,\"A,2025-06-01,1.00\n2,\"B\",2025-06-02,2.00\n", [
            "1 @0 unclosed_quote 1,\"A,2025-06-01,1.00", "2 @21 ok 2,\"B\",2025-06-02,2.00 = 2|B|2025-06-02|2.00"] },
        { "all fields quoted, the last quote missing", "\"1\",\"A\",\"2025-06-01\",\"1.00\n\"2\",\"B\",\"2025-06-02\",\"2.00\"\n", [
            "1 @0 unclosed_quote \"1\",\"A\",\"2025-06-01\",\"1.00", "2 @27 ok \"2\",\"B\",\"2025-06-02\",\"2.00\" = 2|B|2025-06-02|2.00"] },
        { "all fields quoted, the last quote missing, and the next field empty", "\"1\",\"A\",\"2025-06-01\",\"1.00\n\"\",\"B\",\"2025-06-02\",\"2.00\"\n", [
            "1 @0 unclosed_quote \"1\",\"A\",\"2025-06-01\",\"1.00", "2 @27 ok \"\",\"B\",\"2025-06-02\",\"2.00\" = |B|2025-06-02|2.00"] },
        { "an unclosed quote closed lines below by an inch mark, so that it looks lawful", "1,\"A,2025-06-01,1.00\n2,B,2025-06-02,2.00\n3,C\",2025-06-03,3.00\n", [
            "1 @0 unclosed_quote 1,\"A,2025-06-01,1.00", "2 @21 ok 2,B,2025-06-02,2.00 = 2|B|2025-06-02|2.00", "3 @41 ok 3,C\",2025-06-03,3.00 = 3|C\"|2025-06-03|3.00"] },
        { "an unclosed quote closed on the very next line, so that it looks lawful", "1,\"A,2025-06-01,1.00\n3,C\",2025-06-03,3.00\n", [
            "1 @0 unclosed_quote 1,\"A,2025-06-01,1.00", "2 @21 ok 3,C\",2025-06-03,3.00 = 3|C\"|2025-06-03|3.00"] },
        { "an unclosed quote on every row", "1,\"A,2025-06-01,1.00\n2,\"B,2025-06-02,2.00\n3,\"C,2025-06-03,3.00\n", [
            "1 @0 unclosed_quote 1,\"A,2025-06-01,1.00", "2 @21 unclosed_quote 2,\"B,2025-06-02,2.00", "3 @42 unclosed_quote 3,\"C,2025-06-03,3.00"] },
        { "an unclosed quote on the last row", Good + "\n1,\"A,2025-06-01,1.00\n\n", ["1 @0 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00", "2 @23 unclosed_quote 1,\"A,2025-06-01,1.00"] },
        { "an unclosed quote before rows that are all ragged", "1,\"A,2025-06-01,1.00\n2,B\n3\n", ["1 @0 unclosed_quote 1,\"A,2025-06-01,1.00\\n2,B\\n3"] },
        { "a field of several lines in a ragged row", "1,\"A\nB\",2025-06-01\n" + Good, ["1 @0 ragged_row 1,\"A\\nB\",2025-06-01", "3 @19 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "a field of several lines whose last line looks like a row, in a ragged row", "0,1,\"A\nB, x\",2025-06-01,1.00\n" + Good, ["1 @0 ragged_row 0,1,\"A\\nB, x\",2025-06-01,1.00", "3 @29 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "text after the closing quote of a field of several lines", "1,\"A\nB\"x,2025-06-01\n" + Good, ["1 @0 malformed_quote 1,\"A\\nB\"x,2025-06-01", "3 @20 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "bytes that are not UTF-8", "1,Caf\u00e9,2025-06-01,1.00\n" + Good, ["1 @0 bad_encoding 1,Caf\u00e9,2025-06-01,1.00 = 1|Caf\ufffd|2025-06-01|1.00", "2 @23 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "a byte order mark of UTF-16 before a row", Good + "\n\u00fe\u00ff1,A,B\n" + Good, ["1 @0 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00", "2 @23 bad_encoding \u00fe\u00ff1,A,B", "3 @31 ok 9,Acme,2025-06-30,9.00 = 9|Acme|2025-06-30|9.00"] },
        { "a byte order mark of UTF-8 before a row is no part of it", "\u00ef\u00bb\u00bf1,A,B,C", ["1 @3 ok 1,A,B,C = 1|A|B|C"] },
        { "NUL bytes are text", "1,A\0B,C,\0\n", ["1 @0 ok 1,A\\0B,C,\\0 = 1|A\\0B|C|\\0"] },
        { "a first line like a hint and one like a comment are rows", "sep=;\n#,A,B,C\n", ["1 @0 ragged_row sep=;", "2 @6 ok #,A,B,C = #|A|B|C"] },
    };

    [Theory]
    [MemberData(nameof(Dirt))]
    public void Dirt_costs_its_own_row_only_wherever_a_block_ends(string name, string text, string[] expected)
    {
        Assert.NotEmpty(name);
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        foreach (int blockBytes in CsvRows.BlockSizes)
        {
            Assert.Equal(expected, CsvRows.Read(bytes, columns: 4, blockBytes).Select(row => row.ToString()));
        }
    }

    [Fact]
    public void Dirt_costs_its_own_row_only_at_every_distance_from_the_end_of_a_block()
    {
        foreach (TheoryDataRow<string, string, string[]> dirt in Dirt)
        {
            byte[] bytes = Encoding.Latin1.GetBytes(dirt.Data.Item2);
            List<CsvRows.Row> whole = CsvRows.Read(bytes, columns: 4, 65536);
            for (int blockBytes = 1; blockBytes <= bytes.Length + 2; blockBytes++)
            {
                Assert.Equal(whole, CsvRows.Read(bytes, columns: 4, blockBytes));
            }
        }
    }
}
