using System.Text;
using Billing.Core.Tests.Reading;
using Billing.Layouts;
using Billing.Reading;
using Billing.Rows;

namespace Billing.Core.Tests.Csv;

/// <summary>The form of files of real people: lines that are no rows, marks in the middle, headers that are none.</summary>
[Trait("Culture", "independent")]
public sealed class StructureTests
{
    private const string Header = "date,party,amount,currency";

    [Theory]
    [InlineData("\n")]
    [InlineData("   \n")]
    [InlineData("\t\n")]
    [InlineData(",,,\n")]
    [InlineData(" , ,\t, \n")]
    [InlineData("\"\",\"\",\"\",\"\"\n")]
    [InlineData(",\n")]
    [InlineData(",,,,,,\n")]
    [InlineData("\" \",\" \"\n")]
    [InlineData("\u00A0\n")]
    [InlineData("\u00A0,\u2009,,\n")]
    public void Lines_of_blanks_and_separators_are_no_rows(string blank)
    {
        string text = $"{Header}\n2025-06-13,A,1.00,USD\n{blank}{blank}2025-06-14,B,2.00,USD\n{blank}";
        ReadSource read = ReadSource.Of(text);
        Assert.All(read.Rows, row => Assert.Null(row.Fault));
        Assert.Equal([2L, 5L], read.Rows.Select(row => row.Line));
        Assert.All(Enumerable.Range(1, text.Length + 1), size => Assert.Equal(read.Lines, ReadSource.Of(text, blockBytes: Math.Max(size, 64)).Lines));
    }

    [Fact]
    public void Blank_fields_too_many_at_the_end_of_a_line_are_harmless_and_others_are_not()
    {
        ReadSource read = ReadSource.Of($"{Header}\n2025-06-13,A,1.00,USD,\n2025-06-14,B,2.00,USD,,\" \",\"\"\n2025-06-15,C,3.00,USD,x\n2025-06-16,D,4.00\n");
        Assert.Equal([null, null, "ragged_row", "ragged_row"], read.Rows.Select(row => row.Fault?.Reason));
    }

    [Fact]
    public void Columns_without_a_name_at_the_end_of_the_header_need_no_fields()
    {
        ReadSource read = ReadSource.Of($"{Header},,\n2025-06-13,A,1.00,USD\n2025-06-14,B,2.00,USD,\n2025-06-15,C,3.00,USD,x,y\n2025-06-16,D,4.00\n");
        Assert.Equal([null, null, null, "ragged_row"], read.Rows.Select(row => row.Fault?.Reason));
    }

    [Fact]
    public void A_byte_order_mark_within_a_joined_file_is_no_part_of_a_value()
    {
        string text = $"\uFEFF{Header}\n2025-06-13,A,1.00,USD\n\uFEFF2025-06-14,B,2.00,USD\n\uFEFF\"2025-06-15\",\"C, D\",3.00,USD\n\n\uFEFF\uFEFF2025-06-16,E,4.00,USD\n";
        ReadSource read = ReadSource.Of(text);
        Assert.All(read.Rows, row => Assert.Null(row.Fault));
        Assert.Equal(["A", "B", "C, D", "E"], read.Rows.Select(row => row.Party));
        Assert.Equal([2L, 3L, 4L, 6L], read.Rows.Select(row => row.Line));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.All(read.Rows, row => Assert.True(bytes.AsSpan((int)row.ByteOffset).StartsWith(row.Raw.Span), row.Party));
        Assert.All(Enumerable.Range(64, 100), size => Assert.Equal(read.Lines, ReadSource.Of(text, blockBytes: size).Lines));
    }

    [Fact]
    public void A_first_row_is_never_lost_as_a_header()
    {
        const string Text = "6/12/15,Transfer A,1000.00,debit,USD\n6/13/15,Transfer B,1500.00,credit,USD\n";
        SourceFormatException e = Assert.Throws<SourceFormatException>(() => ReadSource.Of(Text, new SourceLayout { Amount = "1000.00" }));
        Assert.Contains("\"header\": false", e.Message, StringComparison.Ordinal);
        Assert.Throws<SourceFormatException>(() => ReadSource.Of("2025-06-13,amount,5.00\n2025-06-14,x,6.00\n"));
        // A column named for a day, of which a layout speaks, is a header all the same.
        Assert.Null(Assert.Single(ReadSource.Of("2025-06-13,day,5.00\n7,2025-06-14,x\n", new SourceLayout { Date = "day", Amount = "2025-06-13", DefaultCurrency = "USD" }).Rows).Fault);
    }

    [Theory]
    [InlineData('\u0001')]
    [InlineData('a')]
    [InlineData('1')]
    [InlineData('\0')]
    public async Task A_first_line_that_names_what_cannot_separate_fields_is_no_hint(char character)
    {
        string text = $"sep={character}\ndate,amount,currency\n2025-06-01,1.50,USD\n";
        Assert.Throws<SourceFormatException>(() => ReadSource.Of(text));
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("odd.csv", text), TestContext.Current.CancellationToken);
        Assert.NotEqual(character, proposal.Layout.Separator);
    }

    [Theory]
    [InlineData("sep=;")]
    [InlineData("\"sep=;\"")]
    [InlineData("SEP=;")]
    public void A_first_line_names_the_separator(string hint) =>
        Assert.Equal("B,C", Assert.Single(ReadSource.Of($"{hint}\r\ndate;party;amount;currency\r\n2025-06-14;B,C;2.00;USD\r\n").Rows).Party);

    [Theory]
    [InlineData("Total;;5.00;")]
    [InlineData("\"total\";;5.00;")]
    [InlineData(";Total;5.00;")]
    [InlineData("Summe: 2 Buchungen")]
    public void A_footer_that_the_layout_names_is_no_row_and_no_error(string line)
    {
        string text = $"date;party;amount;currency\n2025-06-14;Total Energy;2.00;USD\n{line}\n";
        ReadSource read = ReadSource.Of(text, new SourceLayout { Footer = ["Total", "Summe"] });
        Assert.Null(Assert.Single(read.Rows).Fault);
        Assert.Contains("1 line was skipped", Assert.Single(read.Warnings), StringComparison.Ordinal);
        Assert.NotNull(ReadSource.Of(text).Rows[1].Fault);
    }

    [Theory]
    [InlineData("2025-06-14;Total Energy;2.00;USD", null)]
    [InlineData("Total Energies;2025-06-14;2.00;USD", "maybe_footer")]
    [InlineData("Total;2025-06-14;2.00;USD", "maybe_footer")]
    [InlineData("Total Energies;2025-06-31;2.00;USD", "bad_date")]
    [InlineData("Total Energies;2025-06-14;2.00;USD;x", "ragged_row")]
    [InlineData("\"Total Energies;2025-06-14;2.00;USD", "unclosed_quote")]
    [InlineData("Totality;2025-06-14;2.00;USD", null)]
    public void What_may_be_a_row_is_never_passed_over_as_a_footer(string line, string? reason)
    {
        string header = line.StartsWith("2025", StringComparison.Ordinal) ? "date;party;amount;currency" : "party;date;amount;currency";
        SourceLayout layout = new() { Footer = ["Total"], Separator = ';' };
        ParsedRow row = Assert.Single(ReadSource.Of($"{header}\n{line}\nTotal;;9.00;\n", layout).Rows);
        Assert.Equal(reason, row.Fault?.Reason);
    }

    [Fact]
    public async Task A_row_that_may_be_a_footer_stays_until_the_layout_says_otherwise()
    {
        SourceLayout layout = new() { Footer = ["Total"] };
        Runs.Ingest ingest = new();
        await ingest.Text("party,date,amount,currency\nTotal Energies,2025-06-14,2.00,USD\nTotal,,2.00,\n", options: new IngestOptions { Layout = layout });
        IngestReport same = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Equal((1, 0, 1), (same.Read.Rows, same.Stored.Rows, same.Quarantined.Rows));
        IngestReport told = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions { Layout = layout with { Footer = ["Total:"] } }, TestContext.Current.CancellationToken));
        Assert.Equal((1, 1), (told.Read.Rows, told.Stored.Rows));
    }

    [Theory]
    [InlineData("{\"date\":\"2025-06-01\",\"a\":{\"value\":1.00,\"value\":9.00}}")]
    [InlineData("{\"date\":\"2025-06-01\",\"a\":{\"value\":\"1.00\",\"x\":{},\"value\":null}}")]
    [InlineData("{\"date\":\"2025-06-01\",\"a\":{\"value\":1.00},\"a.value\":9.00}")]
    public void A_path_that_leads_to_two_values_leads_to_none(string line)
    {
        ParsedRow row = Assert.Single(ReadSource.Of(line + "\n", new SourceLayout { Amount = "a.value", DefaultCurrency = "USD" }).Rows);
        Assert.Equal(("bad_json", null), (row.Fault?.Reason, row.Amount));
    }

    [Fact]
    public void A_name_with_a_point_may_be_a_path_in_another_row()
    {
        ReadSource read = ReadSource.Of("{\"date\":\"2025-06-01\",\"a.value\":1.00}\n{\"date\":\"2025-06-02\",\"a\":{\"value\":2.00}}\n", new SourceLayout { Amount = "a.value", DefaultCurrency = "USD" });
        Assert.Equal([1.00m, 2.00m], read.Rows.Select(row => row.Amount));
    }

    [Fact]
    public void A_byte_order_mark_between_lines_of_JSON_is_passed()
    {
        string text = string.Concat(Enumerable.Range(1, 3).Select(i => $"\uFEFF{{\"date\":\"2025-06-0{i}\",\"amount\":{i},\"currency\":\"USD\"}}\n"));
        ReadSource read = ReadSource.Of(text);
        Assert.Equal([1m, 2m, 3m], read.Rows.Select(row => row.Fault is null ? row.Amount : null));
        Assert.All(Enumerable.Range(1, 150), size => Assert.Equal(read.Lines, ReadSource.Of(text, blockBytes: size).Lines));
    }

    [Theory]
    [InlineData("Account;Currency\nDE00;EUR\n\nDate;Payee;Amount;Currency\n", 2)]
    [InlineData("   \n\t\n;;;\nDate;Payee;Amount;Currency\n", 0)]
    public async Task The_header_is_the_line_with_a_date_and_an_amount(string above, int skipRows)
    {
        string text = above + "2025-06-13;A;1.50;USD\n2025-06-14;B;2.00;USD\n";
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("bank.csv", text), TestContext.Current.CancellationToken);
        Assert.Equal((skipRows, 2L), (proposal.Layout.SkipRows, proposal.RowsRead));
        Assert.Equal([1.50m, 2.00m], ReadSource.Of(text, proposal.Layout).Rows.Select(row => row.Amount!.Value));
    }

    [Fact]
    public async Task Inspect_counts_a_row_as_readable_only_where_its_currency_is_known()
    {
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("a.csv", $"{Header}\n2025-06-13,A,1.50,USD\n2025-06-14,B,2.00,XXQ\n2025-06-15,C,3.00,USD\n"), TestContext.Current.CancellationToken);
        Assert.Equal((3L, 2L), (proposal.RowsTried, proposal.RowsRead));
        Assert.Contains(proposal.Warnings, warning => warning.StartsWith("1 row cannot be read (unknown_currency)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_header_in_brackets_is_CSV() =>
        Assert.Null(Assert.Single(ReadSource.Of("[Date],[Amount],[Currency]\n2025-06-14,2.00,USD\n").Rows).Fault);

    [Fact]
    public void Lines_of_JSON_may_end_in_commas()
    {
        ReadSource read = ReadSource.Of("{\"date\":\"2025-06-14\",\"amount\":1,\"currency\":\"USD\"},\n{\"date\":\"2025-06-15\",\"amount\":2,\"currency\":\"USD\"} , \r\n{\"date\":\"2025-06-16\",\"amount\":3,\"currency\":\"USD\"}\n");
        Assert.Equal([1m, 2m, 3m], read.Rows.Select(row => row.Fault is null ? row.Amount : null));
        Assert.Equal([1L, 2L, 3L], read.Rows.Select(row => row.Line));
        Assert.All(Enumerable.Range(64, 80), size => Assert.Equal(read.Lines, ReadSource.Of("{\"date\":\"2025-06-14\",\"amount\":1,\"currency\":\"USD\"},\n{\"date\":\"2025-06-15\",\"amount\":2,\"currency\":\"USD\"} , \r\n{\"date\":\"2025-06-16\",\"amount\":3,\"currency\":\"USD\"}\n", blockBytes: size).Lines));
    }

    [Fact]
    public async Task Members_within_members_are_named_by_their_path_and_proposed()
    {
        const string Text = """[{"bookingDate":"2025-06-01","transactionAmount":{"amount":"-12.50","currency":"EUR"},"creditor":{"name":"X \"Y\""}},{"bookingDate":"2025-06-02","transactionAmount":{"amount":20.00,"currency":"EUR"}},{"bookingDate":"2025-06-03","transactionAmount":null}]""";
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("bank.json", Text), TestContext.Current.CancellationToken);
        Assert.Equal(("transactionAmount.amount", "transactionAmount.currency"), (proposal.Layout.Amount, proposal.Layout.Currency));
        ReadSource read = ReadSource.Of(Text, proposal.Layout with { Party = "creditor.name" });
        Assert.Equal([-12.50m, 20.00m, null], read.Rows.Select(row => row.Amount));
        Assert.Equal(["EUR", "EUR", null], read.Rows.Select(row => row.CurrencyCode));
        Assert.Equal("X \"Y\"", read.Rows[0].Party);
        Assert.Equal("missing_value", read.Rows[2].Fault!.Reason);
    }

    [Fact]
    public async Task A_header_below_lines_of_the_bank_is_found()
    {
        const string Text = "\"Konto\";\"Girokonto DE00 0000\"\n\"\"\n\"Kontostand vom 03.11.2023:\";\"1.234,50 EUR\"\n\"\"\n\"Buchungsdatum\";\"Empfänger\";\"Betrag (€)\";\"Währung\"\n\"03.11.23\";\"ALDO\";\"-3,18\";\"EUR\"\n\"02.11.23\";\"REVE\";\"-1.009,32\";\"EUR\"\n";
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("bank.csv", Text), TestContext.Current.CancellationToken);
        Assert.Equal((4, 2L, 2L), (proposal.Layout.SkipRows, proposal.RowsTried, proposal.RowsRead));
        Assert.Equal([-3.18m, -1009.32m], ReadSource.Of(Text, proposal.Layout).Rows.Select(row => row.Amount!.Value));
    }

    [Fact]
    public void Equal_names_and_many_names_cost_no_square()
    {
        // Steps, not seconds: with a square each of these would take minutes.
        HeaderNames names = new([.. Enumerable.Repeat("a", 200_000)]);
        Assert.Equal("a (200000)", names.Unique[^1]);
        string json = "{\"date\":\"2025-06-14\",\"amount\":1,\"currency\":\"USD\"," + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"n{i}\":1")) + "}\n";
        Assert.Null(Assert.Single(ReadSource.Of(json, new SourceLayout { MaxRecordBytes = 64 * 1024 * 1024 }).Rows).Fault);
        Assert.Equal("bad_json", Assert.Single(ReadSource.Of(json.Replace("\"n99999\"", "\"n99998\"", StringComparison.Ordinal), new SourceLayout { MaxRecordBytes = 64 * 1024 * 1024 }).Rows).Fault!.Reason);
    }

    [Fact]
    public void A_line_that_repeats_the_header_says_so_and_is_passed_over_where_that_is_stated()
    {
        string text = $"{Header}\n2025-06-13,A,1.00,USD\n\uFEFF{Header}\n2025-06-14,B,2.00,USD\n{Header},\nDate,party,amount,currency\n";
        ReadSource read = ReadSource.Of(text);
        Assert.Equal([null, "repeated_header", null, "repeated_header", "bad_date"], read.Rows.Select(row => row.Fault?.Reason));
        Assert.Contains("repeatedHeaders", read.Rows[1].Fault!.Detail, StringComparison.Ordinal);

        ReadSource stated = ReadSource.Of(text, new SourceLayout { RepeatedHeaders = true });
        Assert.Equal([null, null, "bad_date"], stated.Rows.Select(row => row.Fault?.Reason));
        Assert.Equal("june.csv: 2 lines were skipped, which repeat the header, as the layout's repeatedHeaders says", Assert.Single(stated.Warnings));
    }

    [Fact]
    public async Task A_repeated_header_is_proposed_to_be_passed_over()
    {
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("a.csv", $"{Header}\n2025-06-13,A,1.50,USD\n{Header}\n2025-06-15,C,3.00,USD\n"), TestContext.Current.CancellationToken);
        Assert.True(proposal.Layout.RepeatedHeaders);
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));
        Assert.Contains("repeats the header", Assert.Single(proposal.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{Date},{Amount},{Currency}\n2025-06-13,1.00,USD\n", true)]
    [InlineData("{Date};{Amount};{Currency}\n2025-06-13;1.00;USD\n", true)]
    [InlineData("{date: 1}\n", false)]
    [InlineData("{\n \"date\": 1\n}\n", false)]
    [InlineData("{broken\n", false)]
    [InlineData("{}\n", false)]
    public void Braces_around_names_are_no_JSON(string text, bool isCsv)
    {
        Assert.Equal(!isCsv, FormatLook.IsJson(Encoding.UTF8.GetBytes(text), SourceLayout.Default));
        Assert.Equal(isCsv, isCsv && ReadSource.Of(text, new SourceLayout { Date = "{Date}", Amount = "{Amount}", Currency = "{Currency}" }).Rows.Single().Fault is null);
    }

    [Theory]
    [InlineData("$12.00,$0.00,USD", "-12.00")]
    [InlineData("$0.00,$1.50,USD", "1.50")]
    [InlineData("€12.00,,EUR", "-12.00")]
    [InlineData("$12.00,,EUR", "currency_contradicted")]
    [InlineData("$14.550,,USD", "bad_amount")]
    [InlineData("$12.00,,", "missing_value")]
    public void A_sign_beside_the_amount_needs_no_layout_where_it_agrees(string values, string expected)
    {
        ParsedRow row = Assert.Single(ReadSource.Of($"Date,Payee,Outflow,Inflow,Currency\n2025-06-13,Shop,{values}\n").Rows);
        Assert.Equal(expected, row.Fault?.Reason ?? row.Amount!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
