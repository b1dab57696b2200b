using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Core.Tests.Csv;

/// <summary>CSV with escapes, as databases write it: beside quotes, and without.</summary>
public sealed class EscapeTests
{
    private static readonly SourceLayout Layout = new() { Escape = '\\', NullValues = ["\\N"] };

    [Theory]
    [InlineData("\"Say \\\"hi\\\" now\"", "Say \"hi\" now")]
    [InlineData("c\\\\o B", "c\\o B")]
    [InlineData("\"ends \\\\\"", "ends \\")]
    [InlineData("a\\, b", "a, b")]
    [InlineData("\"a, b\"", "a, b")]
    [InlineData("\"a\"\"b\\\"c\"", "a\"b\"c")]
    [InlineData("one\\\ntwo", "one\ntwo")]
    [InlineData("one\\\r\ntwo", "one\r\ntwo")]
    [InlineData("\"one\\\r\ntwo\\\rthree\"", "one\r\ntwo\rthree")]
    [InlineData("one\\ntwo\\tthree\\r", "one\ntwo\tthree\r")]
    [InlineData("\\\"", "\"")]
    [InlineData("\\é", "\\é")]
    [InlineData("\\N", null)]
    [InlineData("\"\\N\"", null)]
    [InlineData("\\\\N", "\\N")]
    [InlineData("x\\N", "xN")]
    [InlineData("", null)]
    public void A_value_is_what_it_was_before_it_was_escaped(string written, string? value)
    {
        string text = $"date,party,amount,currency\n2025-06-13,A,1.00,USD\n2025-06-14,{written},2.00,USD\n2025-06-15,C,3.00,USD\n";
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (int size in (int[])[64, 65, 66, 67, 68, 69, 70, 71, 72, 80, 65536])
        {
            ReadSource read = ReadSource.Of(text, Layout, blockBytes: size);
            Assert.All(read.Rows, row => Assert.Null(row.Fault));
            Assert.Equal(["A", value == "\\N" && written == "\\\\N" ? null : value, "C"], read.Rows.Select(row => row.Party));
            Assert.Equal([1m, 2m, 3m], read.Rows.Select(row => row.Amount!.Value));
            Assert.All(read.Rows, row => Assert.True(bytes.AsSpan((int)row.ByteOffset).StartsWith(row.Raw.Span), "the bytes that are kept are those of the source"));
            int lines = text[..text.IndexOf("\n2025-06-15", StringComparison.Ordinal)].ReplaceLineEndings("\n").Count(c => c == '\n') + 2;
            Assert.Equal(lines, read.Rows[^1].Line);
        }
    }

    [Fact]
    public void Without_a_statement_an_escape_is_text()
    {
        ReadSource read = ReadSource.Of("date,party,amount,currency\n2025-06-13,c\\\\o,1.00,USD\n2025-06-14,\"Say \\\"hi\\\" now\",2.00,USD\n");
        Assert.Equal([null, "malformed_quote"], read.Rows.Select(row => row.Fault?.Reason));
        Assert.Equal("c\\\\o", read.Rows[0].Party);
    }

    [Fact]
    public void A_bad_row_costs_itself_only_and_is_kept_as_it_came()
    {
        string text = "date,party,amount,currency\n2025-06-13,\"a\\\"b,1.00,USD\n2025-06-14,B\\,,2.00\n2025-06-15,C,3.00,USD\n";
        ReadSource read = ReadSource.Of(text, Layout);
        Assert.Equal(["unclosed_quote", "ragged_row", null], read.Rows.Select(row => row.Fault?.Reason));
        Assert.Equal(text.Split('\n')[1..3], read.Rows.Take(2).Select(row => Encoding.UTF8.GetString(row.Raw.Span)));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_told_and_a_header_may_be_escaped()
    {
        byte[] bytes = [.. "date,the \\\"party\\\",amount,currency\n2025-06-13,"u8, 0xFF, 0xF1, .. ",1.00,USD\n2025-06-14,\\é\\\\,2.00,USD\n"u8];
        ReadSource read = ReadSource.Of(bytes, Layout with { Party = "the \"party\"" });
        Assert.Equal(["bad_encoding", null], read.Rows.Select(row => row.Fault?.Reason));
        Assert.Equal("\\é\\", read.Rows[1].Party);
        Assert.Equal("date,the \\\"party\\\",amount,currency", read.Header);
    }

    [Fact]
    public void A_quarantined_row_is_read_again_by_the_same_rules()
    {
        string text = "date,party,amount,currency\n13.06.2025,\"a\\\"b\\\\\",1.00,USD\n";
        ReadSource read = ReadSource.Of(text, Layout);
        ParsedRow bad = Assert.Single(read.Rows);
        Assert.Equal("bad_date", bad.Fault?.Reason);
        QuarantinedRecord kept = new()
        {
            Key = default,
            Source = new RecordSource("june.csv", bad.Line, bad.ByteOffset),
            RunId = "run",
            Reason = "bad_date",
            Detail = "",
            Raw = bad.Raw,
            RawLength = bad.RawLength,
            Format = SourceFormat.Csv,
            Header = read.Header,
            Separator = read.Separator,
        };
        ParsedRow again = SecondReading.Of(kept, Layout with { DateFormats = ["dd.MM.yyyy"] }, RecordIdentity.Content);
        Assert.Null(again.Fault);
        Assert.Equal("a\"b\\", again.Party);
    }

    // Whatever the size of the blocks. A carriage return at the end of a line is one line break with the line feed after it: such a value stands in quotes.
    [Fact]
    public void What_is_written_by_the_rules_is_read_back()
    {
        Random random = new(7);
        const string alphabet = "ab,\"\\\n\r\té;N0n ";
        for (int round = 0; round < 300; round++)
        {
            string[] values = [.. Enumerable.Range(0, 5).Select(_ => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => alphabet[random.Next(alphabet.Length)])))];
            string text = "date,amount,currency,other\n" + string.Concat(values.Select(value => $"2025-06-13,1.00,USD,{Write(value, value.EndsWith('\r') || random.Next(2) == 0)}\n"));
            ReadSource read = ReadSource.Of(text, Layout with { NullValues = [] }, blockBytes: random.Next(64, 200));
            Assert.True(values.SequenceEqual(read.Rows.Select(row => row.Attributes.Count == 0 ? row.Fault!.Detail : row.Attributes[0].Value ?? "")), text);
        }
    }

    private static string Write(string value, bool quoted)
    {
        string escaped = string.Concat(value.Select(c => c is ',' or '"' or '\\' or '\n' or '\r' ? $"\\{c}" : $"{c}"));
        return quoted ? $"\"{escaped}\"" : escaped;
    }
}
