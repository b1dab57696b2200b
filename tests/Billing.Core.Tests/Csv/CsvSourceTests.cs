using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Core.Tests.Csv;

/// <summary>CSV sources through <see cref="RecordReaders"/>: header, separator, encoding, mapping.</summary>
public sealed class CsvSourceTests
{
    private const string Header = "id,party,date,currency,amount";
    private static readonly SourceLayout s_layout = new() { Date = "date", Amount = "amount", Currency = "currency", Party = "party", Id = "id" };

    static CsvSourceTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public void Rows_are_typed_and_further_columns_are_attributes_in_order()
    {
        ReadSource read = ReadSource.Of("id,party,date,currency,amount,city,shelf\r\n1,Acme,2025-06-17, CAD ,12.50,Toronto,\r\n,,2025-06-18,USD,-1,, x \r\n", s_layout);
        Assert.Equal(["2 @42 2025-06-17 12.50 CAD id=1 party=Acme city:Toronto shelf:", "3 @82 2025-06-18 -1 USD city: shelf: x "], read.Lines);
        Assert.Equal((SourceFormat.Csv, "id,party,date,currency,amount,city,shelf", ','), (read.Format, read.Header, read.Separator));
        Assert.Empty(read.Warnings);
    }

    [Theory]
    [InlineData("\"id,party,date,currency,amount\n1,A,2025-06-01,USD,1.00\n2,B,2025-06-02,USD,2.00\n")]
    [InlineData("\"id,party,date,currency,amount\n1,A,2025-06-01,USD,1.00\n2,\"B\",2025-06-02,USD,2.00\n")]
    [InlineData("id,\"party,date,currency,amount\n1,A,2025-06-01,USD,1.00\n2,B\",2025-06-02,USD,2.00\n")]
    [InlineData("\"id,party,date,currency,amount\n1,A\",2025-06-01,USD,1.00\n2,B,2025-06-02,USD,2.00\n")]
    public void A_stray_quote_in_the_header_is_left_out_with_a_warning_and_all_rows_load(string text)
    {
        foreach (string broken in new[] { text, text.Replace("\n", "\r\n", StringComparison.Ordinal), text.Replace(',', ';') })
        {
            ReadSource read = ReadSource.Of(broken, s_layout);
            Assert.Equal(2, read.Rows.Count);
            Assert.All(read.Rows, row => Assert.Null(row.Fault));
            Assert.Equal([1.00m, 2.00m], read.Rows.Select(row => row.Amount));
            Assert.Equal([2L, 3L], read.Rows.Select(row => row.Line));
            Assert.StartsWith("header repaired: june.csv(1)", Assert.Single(read.Warnings), StringComparison.Ordinal);
            Assert.Equal(Header, read.Header!.Replace(';', ','));
        }
    }

    [Fact]
    public void A_stray_quote_in_a_header_without_rows_is_left_out()
    {
        ReadSource read = ReadSource.Of("\"" + Header, s_layout);
        Assert.Empty(read.Rows);
        Assert.StartsWith("header repaired: june.csv(1)", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_with_a_line_break_in_a_name_is_kept()
    {
        ReadSource read = ReadSource.Of("id,\"amount, net\r\n(USD, EUR)\",date,currency\r\n1,5.00,2025-06-01,USD\r\n", new SourceLayout { Amount = "#2", Date = "date", Currency = "currency", Id = "id" });
        Assert.Equal(["3 @44 2025-06-01 5.00 USD id=1"], read.Lines);
        Assert.Empty(read.Warnings);
        Assert.Equal("id,\"amount, net\r\n(USD, EUR)\",date,currency", read.Header);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ufeff")]
    [InlineData("\r\n\n\r")]
    public void An_empty_source_has_no_rows_and_a_warning(string text)
    {
        ReadSource read = ReadSource.Of(text, s_layout);
        Assert.Empty(read.Rows);
        Assert.Equal(["june.csv is empty"], read.Warnings);
        Assert.Null(read.Header);
    }

    [Fact]
    public void A_header_alone_has_no_rows()
    {
        ReadSource read = ReadSource.Of(Header + "\r\n\r\n", s_layout);
        Assert.Empty(read.Rows);
        Assert.Empty(read.Warnings);
    }

    [Theory]
    [InlineData(';', "")]
    [InlineData('\t', "")]
    [InlineData('|', "")]
    [InlineData(';', "sep=;\r\n")]
    [InlineData(':', "sep=:\r\n")]
    public void The_separator_is_found_or_hinted(char separator, string hint)
    {
        string text = hint + (Header + "\n1,Acme,2025-06-17,CAD,12.50\n").Replace(',', separator);
        ReadSource read = ReadSource.Of(text, s_layout);
        Assert.Equal(12.50m, Assert.Single(read.Rows).Amount);
        Assert.Equal(separator, read.Separator);
        Assert.Equal(hint.Length > 0 ? 3 : 2, read.Rows[0].Line);
    }

    [Fact]
    public void Lines_before_the_header_are_skipped_and_counted()
    {
        ReadSource read = ReadSource.Of("Bank \"of\" X\r\n\r\n\r\n" + Header + "\r\n1,Acme,2025-06-17,CAD,12.50\r\n", s_layout with { SkipRows = 2 });
        Assert.Equal(["5 @48 2025-06-17 12.50 CAD id=1 party=Acme"], read.Lines);
    }

    [Fact]
    public void Without_a_header_columns_are_named_by_place()
    {
        SourceLayout layout = new() { HasHeader = false, Date = "#1", Amount = "#3", DefaultCurrency = "EUR" };
        ReadSource read = ReadSource.Of("2025-06-17,Acme,12.50\n2025-06-18,B\n", layout);
        Assert.Equal(["1 @0 2025-06-17 12.50 EUR #2:Acme", "2 @22 ragged_row - -"], read.Lines);
        Assert.Equal("#1,#2,#3", read.Header);
    }

    [Fact]
    public void Repeated_and_blank_names_are_made_unique()
    {
        ReadSource read = ReadSource.Of("date,amount,currency,tax,tax,\n2025-06-17,1,USD,a,b,c\n");
        Assert.Equal(["2 @30 2025-06-17 1 USD tax:a tax (2):b #6:c"], read.Lines);
    }

    [Theory]
    [InlineData("utf-8", 3)]
    [InlineData("utf-16", 0)]
    [InlineData("utf-16BE", 0)]
    [InlineData("utf-32", 0)]
    [InlineData("utf-32BE", 0)]
    public void A_byte_order_mark_tells_the_encoding_and_offsets_are_those_of_the_utf_8_form(string name, int markBytes)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(Header + "\nÉ,Łódź,2025-06-17,CAD,12.50\n2,B,2025-06-18,CAD,1\n")];
        foreach (int blockBytes in CsvRows.BlockSizes)
        {
            ReadSource read = ReadSource.Of(bytes, s_layout, blockBytes: blockBytes);
            Assert.Equal([$"2 @{30 + markBytes} 2025-06-17 12.50 CAD id=É party=Łódź", $"3 @{62 + markBytes} 2025-06-18 1 CAD id=2 party=B"], read.Lines);
        }
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("iso-8859-1")]
    [InlineData("utf-16")]
    public void The_layout_states_an_encoding(string name)
    {
        byte[] bytes = Encoding.GetEncoding(name).GetBytes(Header + "\n1,Café,2025-06-17,CAD,12.50\n");
        Assert.Equal(["2 @30 2025-06-17 12.50 CAD id=1 party=Café"], ReadSource.Of(bytes, s_layout with { Encoding = name }).Lines);
    }

    [Fact]
    public void An_unknown_encoding_is_a_mistake_of_the_layout()
    {
        BillingConfigurationException error = Assert.Throws<BillingConfigurationException>(() => ReadSource.Of(Header, s_layout with { Encoding = "windows-9", Name = "acme.json" }));
        Assert.StartsWith("acme.json: 'windows-9' is not an encoding.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_believed_more_than_the_layout_with_a_warning()
    {
        ReadSource read = ReadSource.Of("\ufeff" + Header + "\n1,Café,2025-06-17,CAD,12.50\n", s_layout with { Encoding = "windows-1252" });
        Assert.Equal("Café", Assert.Single(read.Rows).Party);
        Assert.Contains("windows-1252", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Wide_text_without_a_mark_is_refused_with_the_remedy(string name)
    {
        SourceFormatException error = Assert.Throws<SourceFormatException>(() => ReadSource.Of(Encoding.GetEncoding(name).GetBytes(Header), s_layout));
        Assert.Contains($"encoding to {name}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_Excel_workbook_is_refused_with_the_remedy()
    {
        SourceFormatException error = Assert.Throws<SourceFormatException>(() => ReadSource.Of([0x50, 0x4b, 3, 4, 20, 0], s_layout));
        Assert.Contains("Excel workbook", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_utf_8_cost_their_row_and_its_money_is_counted()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Header + "\n1,Café,2025-06-17,CAD,12.50\n2,B,2025-06-18,CAD,1\n");
        ReadSource read = ReadSource.Of(bytes, s_layout);
        Assert.Equal(["2 @30 bad_encoding 12.50 CAD", "3 @58 2025-06-18 1 CAD id=2 party=B"], read.Lines);
        Assert.Equal("Byte 6 of the row (0xE9) is not UTF-8. Set the layout's encoding to that of the source, such as windows-1252.", read.Rows[0].Fault!.Detail);
    }

    [Fact]
    public void Text_that_could_not_be_transcoded_costs_its_row()
    {
        byte[] bytes = [0xff, 0xfe, .. Encoding.Unicode.GetBytes(Header + "\n1,A"), 0x00, 0xd8, .. Encoding.Unicode.GetBytes(",2025-06-17,CAD,12.50\n2,B,2025-06-18,CAD,1\n")];
        ReadSource read = ReadSource.Of(bytes, s_layout);
        Assert.Equal([QuarantineReason.BadEncoding, null], read.Rows.Select(row => row.Fault?.Reason));
        Assert.Contains("Character 4 of the row is not utf-16", read.Rows[0].Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_fault_is_told_in_the_order_required_date_amount_currency_and_known_money_is_kept()
    {
        string text = Header + "\n,A,x,,y\n1,A,x,,y\n1,A,2025-06-01,,y\n1,A,2025-06-01,,5\n1,A,x,CAD,5\n1,A,2025-06-01,,\n1,A,,CAD,5\n";
        ReadSource read = ReadSource.Of(text, s_layout with { Required = ["id"] });
        Assert.Equal(
            [
                "2 @30 missing_value - -", "3 @38 bad_date - -", "4 @47 bad_amount - -", "5 @65 missing_value 5 -",
                "6 @83 bad_date 5 CAD", "7 @95 missing_value - -", "8 @112 missing_value 5 CAD",
            ],
            read.Lines);
        Assert.Contains("'id'", read.Rows[0].Fault!.Detail, StringComparison.Ordinal);
        Assert.Contains("defaultCurrency", read.Rows[3].Fault!.Detail, StringComparison.Ordinal);
        Assert.Contains("'amount'", read.Rows[5].Fault!.Detail, StringComparison.Ordinal);
        Assert.Contains("'date'", read.Rows[6].Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Identity_columns_are_read_and_must_not_be_empty()
    {
        ReadSource read = ReadSource.Of(Header + "\n1,Acme,2025-06-17,CAD,12.50\n2, ,2025-06-17,CAD,12.50\n", s_layout, RecordIdentity.Columns("party", "id"));
        Assert.Equal(["2 @30 2025-06-17 12.50 CAD id=1 party=Acme by Acme/1", "3 @58 missing_value 12.50 CAD"], read.Lines);
    }

    [Fact]
    public void Null_values_are_null_quoted_or_not_and_empty_attributes_stay_empty()
    {
        string text = "date,amount,currency,party,note,memo\n2025-06-17,1,NULL,NULL,\"NULL\",\n2025-06-17,NULL,USD,A,null,x\n";
        ReadSource read = ReadSource.Of(text, new SourceLayout { NullValues = ["NULL"], DefaultCurrency = "EUR", Description = "" });
        Assert.Equal(["2 @37 2025-06-17 1 EUR note:null memo:", "3 @68 missing_value - USD"], read.Lines);
    }

    [Theory]
    [InlineData(true, false, "5.00,", "-5.00")]
    [InlineData(true, false, ",5.00", "5.00")]
    [InlineData(true, false, "0,5.00", "5.00")]
    [InlineData(true, false, "5.00,0.0", "-5.00")]
    [InlineData(true, false, "0.00,0", "0")]
    [InlineData(false, false, "5.00,", "5.00")]
    [InlineData(false, false, ",5.00", "-5.00")]
    [InlineData(true, true, "5.00,", "5.00")]
    [InlineData(true, false, "-5.00,", QuarantineReason.BadAmount)]
    [InlineData(true, false, ",-5.00", QuarantineReason.BadAmount)]
    [InlineData(true, false, ",", QuarantineReason.MissingValue)]
    [InlineData(true, false, "5,1", QuarantineReason.BadAmount)]
    [InlineData(true, false, "5,x", QuarantineReason.BadAmount)]
    public void Debit_and_credit_make_one_signed_amount(bool debitIsNegative, bool negate, string values, string expected)
    {
        SourceLayout layout = new() { Date = "date", Debit = "debit", Credit = "credit", DefaultCurrency = "EUR", DebitIsNegative = debitIsNegative, NegateAmounts = negate };
        ParsedRow row = Assert.Single(ReadSource.Of("date,debit,credit\n2025-06-17," + values + "\n", layout).Rows);
        Assert.Equal(expected, row.Fault?.Reason ?? row.Amount!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_record_over_the_limit_costs_itself_and_keeps_its_beginning()
    {
        string big = "1," + new string('x', 3000) + ",2025-06-17,CAD,12.50";
        string lines = "1,\"" + string.Join('\n', Enumerable.Repeat(new string('y', 200), 20)) + "\",2025-06-17,CAD,12.50";
        string text = Header + "\n" + big + "\r\n" + lines + "\r\n2,B,2025-06-18,CAD,1\n";
        foreach (int blockBytes in CsvRows.BlockSizes)
        {
            ReadSource read = ReadSource.Of(text, s_layout with { MaxRecordBytes = 1024 }, blockBytes: blockBytes);
            int second = 30 + big.Length + 2;
            Assert.Equal(["2 @30 record_too_large - -", $"3 @{second} record_too_large - -", $"23 @{second + lines.Length + 2} 2025-06-18 1 CAD id=2 party=B"], read.Lines);
            Assert.Equal([(1024, big.Length), (1024, lines.Length)], read.Rows.Take(2).Select(row => (row.Raw.Length, (int)row.RawLength)));
            Assert.Equal(big[..1024], Encoding.UTF8.GetString(read.Rows[0].Raw.Span));
        }
    }

    [Fact]
    public void An_unclosed_quote_before_more_rows_than_the_limit_holds_costs_its_row_only()
    {
        // Two columns of the row are judged by nothing, so that only the limit ends the search.
        string rows = string.Concat(Enumerable.Range(0, 500).Select(i => $"2025-06-18,{i}\n"));
        foreach (int blockBytes in CsvRows.BlockSizes)
        {
            ReadSource read = ReadSource.Of("date,amount\n\"2025-06-17,1\n" + rows, new SourceLayout { Date = "date", Amount = "amount", DefaultCurrency = "USD", MaxRecordBytes = 1024 }, blockBytes: blockBytes);
            Assert.Equal(501, read.Rows.Count);
            Assert.Equal([(2L, QuarantineReason.UnclosedQuote)], read.Rows.Where(row => row.Fault is not null).Select(row => (row.Line, row.Fault!.Reason)));
            Assert.Equal(Enumerable.Range(0, 500).Sum(), read.Rows.Sum(row => row.Amount ?? 0));
        }
    }

    [Fact]
    public void The_layout_is_checked()
    {
        Assert.Throws<BillingConfigurationException>(() => ReadSource.Of(Header, s_layout with { Separator = '"' }));
        Assert.Throws<BillingConfigurationException>(() => ReadSource.Of(Header, s_layout with { Separator = '\u00e9' }));
        Assert.Throws<BillingConfigurationException>(() => ReadSource.Of(Header, s_layout with { Quote = '\n' }));
        Assert.Throws<BillingConfigurationException>(() => ReadSource.Of(Header, s_layout with { MaxRecordBytes = 1023 }));
        Assert.Throws<BillingConfigurationException>(() => ReadSource.Of(Header, s_layout with { SkipRows = -1 }));
    }
}
