using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Json;
using Billing.Reading;
using Billing.Rows;
using Billing.Texts;

namespace Billing.Core.Tests.Json;

/// <summary>JSON sources through <see cref="RecordReaders"/>, with blocks of several sizes.</summary>
public sealed class JsonSourceTests
{
    private static readonly SourceLayout s_layout = new() { Date = "date", Amount = "amount", Currency = "currency", Id = "id" };

    public static TheoryData<string, string, string[]> Sources => new()
    {
        { "one object", """{"id":"7","date":"2025-06-17","amount":12.50,"currency":"CAD"}""", ["1 2025-06-17 12.50 CAD id=7"] },
        { "one object over many lines", "\r\n{\r\n  \"id\": 7,\r\n  \"date\": \"2025-06-17\",\r\n  \"amount\": \"12.50\",\r\n  \"tags\": {\r\n    \"a\": [1,\r\n{ }]\r\n  }, \"currency\": \"CAD\"\r\n}\r\n",
            ["2 2025-06-17 12.50 CAD id=7 tags:{\r\n    \"a\": [1,\r\n{ }]\r\n  }"] },
        { "one object per line, with blank lines", "{\"id\":1,\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"CAD\"}\n\n  {\"id\":2,\"date\":\"2025-06-18\",\"amount\":2e-1,\"currency\":\"CAD\"} \r\n{\"id\":3,\"date\":\"2025-06-19\",\"amount\":-3.10,\"currency\":\"CAD\"}",
            ["1 2025-06-17 1 CAD id=1", "3 2025-06-18 0.2 CAD id=2", "4 2025-06-19 -3.10 CAD id=3"] },
        { "an array", "[ {\"id\":1,\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"CAD\"},{\"id\":2,\"date\":\"2025-06-18\",\"amount\":2,\"currency\":\"CAD\"},\n{\"id\":3,\"date\":\"2025-06-19\",\"amount\":3,\"currency\":\"CAD\"}\n]\n",
            ["1 2025-06-17 1 CAD id=1", "1 2025-06-18 2 CAD id=2", "2 2025-06-19 3 CAD id=3"] },
        { "an empty array", "[ ]", [] },
        { "values of every kind, in the object's own order", "{\"z\":true,\"date\":\"2025-06-17\",\"amount\":1.10,\"currency\":\"CAD\",\"n\":null,\"f\":1.0E+2,\"s\":\"\",\"e\":\"q\\\"\\u00e9\",\"a\":[1, {\"b\":\"}\"}]}",
            ["1 2025-06-17 1.10 CAD z:true n:null f:1.0E+2 s: e:q\"é a:[1, {\"b\":\"}\"}]"] },
        { "members that come and go", "{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"CAD\",\"a\":1}\n{\"b\":2,\"amount\":1,\"date\":\"2025-06-17\",\"currency\":\"CAD\"}\n{\"amount\":1,\"currency\":\"CAD\",\"a\":3,\"id\":4}",
            ["1 2025-06-17 1 CAD a:1", "2 2025-06-17 1 CAD b:2", "3 missing_value 1 CAD"] },
        { "an amount of 29 digits, one that is no number, one that is true", "{\"date\":\"2025-06-17\",\"amount\":12345678901234567890123456789.5,\"currency\":\"CAD\"}\n{\"date\":\"2025-06-17\",\"amount\":\"x\",\"currency\":\"CAD\"}\n{\"date\":\"2025-06-17\",\"amount\":true,\"currency\":\"CAD\"}",
            ["1 amount_out_of_range - CAD", "2 bad_amount - CAD", "3 bad_amount - CAD"] },
        { "bad lines among good ones", "{hello\n{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"CAD\"}\n{\"date\":\"2025-06-17\",\"amount\":NaN}\n{\"date\":\"2025-06-17\",\"am\n{\"date\":\n{\"date\":\"2025-06-17\",\"amount\":2,\"currency\":\"CAD\"}\n{} {}\n42\n{\"date\":\"2025-06-17\",\"date\":\"2025-06-17\",\"amount\":1}\n{\"date\":\"2025-06-17\",\"amount\":3,\"currency\":\"CAD\"}\n{\"a\":",
            ["1 bad_json - -", "2 2025-06-17 1 CAD", "3 bad_json - -", "4 bad_json - -", "5 bad_json - -", "6 2025-06-17 2 CAD", "7 bad_json - -", "8 bad_json - -", "9 bad_json - -", "10 2025-06-17 3 CAD", "11 bad_json - -"] },
        { "bad elements among good ones", "[{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"CAD\"}, 42,{\"a\":1,},[1,{}],\"x,]\",\n {\"date\":\"2025-06-17\",\"amount\":2,\"currency\":\"CAD\"},\n {\"date\":\"2025-06-17,\n \"amount\":9},\n {\"date\":\"2025-06-17\",\"amount\":3,\"currency\":\"CAD\"}]\nmore",
            ["1 2025-06-17 1 CAD", "1 bad_json - -", "1 bad_json - -", "1 bad_json - -", "1 bad_json - -", "2 2025-06-17 2 CAD", "3 bad_json - -", "5 2025-06-17 3 CAD", "6 bad_json - -"] },
        { "an object of the array that is never closed", "[\n  {\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"CAD\",\n  {\"date\":\"2025-06-17\",\"amount\":2,\"currency\":\"CAD\"}\n]",
            ["2 bad_json - -", "3 2025-06-17 2 CAD"] },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void Objects_are_rows_and_what_is_none_costs_itself_only(string name, string text, string[] expected)
    {
        Assert.NotEmpty(name);
        for (int blockBytes = 1; blockBytes < 80; blockBytes++)
        {
            ReadSource read = ReadSource.Of(text, s_layout, blockBytes: blockBytes);
            Assert.Equal(SourceFormat.Json, read.Format);
            Assert.Null(read.Separator);
            Assert.Empty(read.Warnings);
            AssertRows(expected, text, read);
        }

        AssertRows(expected, text, ReadSource.Of(text, s_layout));
    }

    [Fact]
    public void Raw_is_the_object_itself()
    {
        ReadSource read = ReadSource.Of("[ {\"date\":\"x\"} , {\"a\":1,} ,\n[2] ]", s_layout);
        Assert.Equal(["{\"date\":\"x\"}", "{\"a\":1,}", "[2]"], read.Rows.Select(row => Encoding.UTF8.GetString(row.Raw.Span)));
    }

    [Fact]
    public void A_fault_says_where_it_is()
    {
        ParsedRow row = Assert.Single(ReadSource.Of("{\"amount\":NaN}", s_layout).Rows);
        Assert.Equal("The record cannot be read as one JSON object: line 1, byte 11 of the record: 'N' is an invalid start of a value. Correct it in the source.", row.Fault!.Detail);
    }

    [Fact]
    public void Columns_are_found_by_the_members_of_the_first_object()
    {
        ReadSource read = ReadSource.Of("{bad\n{\"transaction_id\":\"t1\",\"amount\":5,\"currency\":\"USD\",\"timestamp\":\"2025-06-17T10:30:00+02:00\",\"merchant\":\"Acme\"}\n");
        Assert.Equal(["1 @0 bad_json - -", "2 @5 2025-06-17 5 USD instant=2025-06-17T10:30:00.0000000+02:00 id=t1 party=Acme"], read.Lines);
        Assert.Equal("""["transaction_id","amount","currency","timestamp","merchant"]""", read.Header);
    }

    [Fact]
    public void A_column_that_the_layout_names_may_be_missing_from_the_first_object()
    {
        ReadSource read = ReadSource.Of("{\"x\":1}\n{\"ID\":9,\"DATE\":\"2025-06-17\",\"AMOUNT\":2,\"Currency\":\"EUR\",\"x\":null}", s_layout, RecordIdentity.Columns("id"));
        Assert.Equal(["1 @0 missing_value - -", "2 @8 2025-06-17 2 EUR id=9 by 9 x:null"], read.Lines);
    }

    [Fact]
    public void A_source_whose_first_object_is_no_record_is_refused() =>
        Assert.Throws<SourceFormatException>(() => ReadSource.Of("{\"x\":1}"));

    [Fact]
    public void Amounts_as_text_follow_the_layout_and_numbers_never_do()
    {
        SourceLayout layout = s_layout with { Numbers = new NumberFormat { DecimalMark = ',', GroupSeparators = "." } };
        ReadSource read = ReadSource.Of("{\"date\":\"2025-06-17\",\"amount\":\"1.234,50\",\"currency\":\"EUR\"}\n{\"date\":\"2025-06-17\",\"amount\":1234.50,\"currency\":\"EUR\"}", layout);
        Assert.Equal([1234.50m, 1234.50m], read.Rows.Select(row => row.Amount));
    }

    [Fact]
    public void Null_values_are_null()
    {
        ReadSource read = ReadSource.Of("{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"N/A\",\"x\":\"N/A\"}", s_layout with { NullValues = ["N/A"], DefaultCurrency = "EUR" });
        Assert.Equal(["1 @0 2025-06-17 1 EUR x:null"], read.Lines);
    }

    [Fact]
    public void A_byte_order_mark_is_dropped_and_other_encodings_are_read()
    {
        const string text = "{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\",\"x\":\"é\"}";
        Assert.Equal(["1 @3 2025-06-17 1 EUR x:é"], ReadSource.Of("\ufeff" + text, s_layout).Lines);
        Assert.Equal(["1 @0 2025-06-17 1 EUR x:é"], ReadSource.Of([0xff, 0xfe, .. Encoding.Unicode.GetBytes(text)], s_layout).Lines);
        Assert.Equal(["1 @0 2025-06-17 1 EUR x:é"], ReadSource.Of(Encoding.Latin1.GetBytes(text), s_layout with { Encoding = "iso-8859-1" }).Lines);
        Assert.Equal(["1 @0 bad_encoding 1 EUR"], ReadSource.Of(Encoding.Latin1.GetBytes(text), s_layout).Lines);
    }

    [Fact]
    public void Half_a_surrogate_pair_costs_its_row()
    {
        ReadSource read = ReadSource.Of("{\"date\":\"2025-06-17\",\"amount\":1,\"x\":\"\\ud800\"}\n{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\"}", s_layout);
        Assert.Equal(["1 @0 bad_json - -", "2 @46 2025-06-17 1 EUR"], read.Lines);
    }

    [Fact]
    public void An_array_that_is_not_closed_loads_with_a_warning()
    {
        ReadSource read = ReadSource.Of("[{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\"},", s_layout);
        Assert.Single(read.Rows);
        Assert.Equal("june.csv: the array is not closed; the source may be cut off", Assert.Single(read.Warnings));
    }

    [Theory]
    [InlineData("", "\n", "")]
    [InlineData("[", ",\n", "]")]
    [InlineData("[", ",", "]")]
    public void An_object_over_the_limit_costs_itself_in_bounded_memory(string before, string between, string after)
    {
        string good = "{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\"}";
        string big = "{\"date\":\"2025-06-17\",\"x\":\"" + new string('y', 5000) + "\"}";
        foreach (int blockBytes in new[] { 16, 1000, 65536 })
        {
            ReadSource read = ReadSource.Of(before + good + between + big + between + good + after, s_layout with { MaxRecordBytes = 1024 }, blockBytes: blockBytes);
            Assert.Equal([null, QuarantineReason.RecordTooLarge, null], read.Rows.Select(row => row.Fault?.Reason));
            Assert.Equal((1024, (long)big.Length), (read.Rows[1].Raw.Length, read.Rows[1].RawLength));
        }
    }

    [Fact]
    public async Task A_huge_line_that_is_no_object_is_passed_in_bounded_memory()
    {
        using GeneratedStream stream = new(100_000, i => i == 0 ? "{\"x\":\"" : i == 99_999 ? "\n{\"amount\":1}\n" : new string('z', 100));
        JsonRowReader rows = new(new Utf8Blocks(stream, 0, 16 * 1024), 1, new JsonNames(), 4096, null);
        List<(long, string?)> read = [];
        for (RowStep step = rows.Next(); step != RowStep.End; step = rows.Next())
        {
            Assert.True(rows.BlockBytes <= 64 * 1024);
            if (step == RowStep.Row)
            {
                read.Add((rows.Line, rows.StructureFault?.Reason));
            }
            else
            {
                await rows.FillAsync(TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal([(1, QuarantineReason.RecordTooLarge), (2, null)], read);
    }

    [Fact]
    public void A_stated_separator_says_that_it_is_CSV()
    {
        ReadSource read = ReadSource.Of("[date];amount\n2025-06-17;1\n", new SourceLayout { Date = "[date]", Amount = "amount", Separator = ';', DefaultCurrency = "EUR" });
        Assert.Equal((SourceFormat.Csv, 1), (read.Format, read.Rows.Count));
    }

    [Fact]
    public void Objects_alike_share_their_attribute_names_and_repeated_values()
    {
        ReadSource read = ReadSource.Of(string.Concat(Enumerable.Repeat("{\"date\":\"2025-06-17\",\"amount\":1,\"currency\":\"EUR\",\"x\":\"Bakery\"}\n", 2)), s_layout);
        Assert.True(read.Rows[0].Attributes.Names == read.Rows[1].Attributes.Names);
        Assert.Same(read.Rows[0].Attributes["x"], read.Rows[1].Attributes["x"]);
    }

    /// <summary>The rows without their offsets, and at their offsets their bytes.</summary>
    private static void AssertRows(string[] expected, string text, ReadSource read)
    {
        Assert.Equal(expected, read.Rows.Select(row => ReadSource.Describe(row).Replace($" @{row.ByteOffset} ", " ", StringComparison.Ordinal)));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.All(read.Rows, row => Assert.Equal(bytes.AsSpan((int)row.ByteOffset, (int)row.RawLength).ToArray(), row.Raw.ToArray()));
    }
}
