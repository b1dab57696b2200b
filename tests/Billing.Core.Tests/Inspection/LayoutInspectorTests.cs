using System.IO.Compression;
using System.Text;

namespace Billing.Core.Tests.Inspection;

public sealed class LayoutInspectorTests
{
    private const string CompanyBills = """
        id,company_name,country,city,product_line,item,bill_date,currency,bill_amount
        1,Acme,US,Boston,Bakery,Flour,2023-05-01,USD,12.50
        2,Beta,CA,Montréal,Dairy,Milk,2023-05-02,CAD,7.25
        3,Gamma,MX,Puebla,Meat,Ham,2023/05/11,MXN,-3.10

        """;

    [Fact]
    public async Task Company_bills_are_read_with_both_ways_of_writing_dates()
    {
        LayoutProposal proposal = await Inspect(CompanyBills);

        SourceLayout layout = proposal.Layout;
        Assert.Equal(("bill_date", "bill_amount", "currency"), (layout.Date, layout.Amount, layout.Currency));
        Assert.Equal(("id", "company_name", "item"), (layout.Id, layout.Party, layout.Description));
        Assert.Equal(["yyyy-MM-dd", "yyyy/MM/dd"], layout.DateFormats);
        Assert.Equal(NumberFormat.Invariant, layout.Numbers);
        Assert.Equal((',', true, null), (layout.Separator, layout.HasHeader, layout.Encoding));
        Assert.Empty(proposal.Questions);
        Assert.Equal((3, 3), (proposal.RowsTried, proposal.RowsRead));
        Assert.Equal(["id", "party", "attribute", "attribute", "attribute", "description", "date", "currency", "amount"], proposal.Columns.Select(column => column.Role));
        Assert.Equal(["Acme", "Beta", "Gamma"], proposal.Columns[1].Sample);
        Assert.Equal("its header; its values are dates (yyyy-MM-dd, yyyy/MM/dd)", proposal.Columns[6].Why);
    }

    [Fact]
    public async Task The_proposal_can_be_written_and_read_again()
    {
        LayoutProposal proposal = await Inspect(CompanyBills);

        Assert.Equal(proposal.Layout with { Name = "bills.json" }, SourceLayout.Parse(proposal.Layout.ToJson(), "bills.json"));
    }

    [Theory]
    [InlineData("utf-8", null)]
    [InlineData("windows-1252", "windows-1252")]
    [InlineData("utf-16", null)]
    public async Task A_German_statement_is_read_in_its_encoding(string encoding, string? proposed)
    {
        Encoding written = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);
        byte[] bytes = [.. encoding == "utf-16" ? written.Preamble : [], .. written.GetBytes("""
            Buchungstag;Auftraggeber;Verwendungszweck;Betrag;Währung
            31.12.2025;Müller GmbH;Büromaterial;-1.234,56;EUR
            02.01.2026;Bäcker;Brötchen;12,50;EUR
            03.01.2026;Kunde;Rechnung 7;2.000,00;EUR
            """)];

        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Bytes("umsatz.csv", bytes), TestContext.Current.CancellationToken);

        SourceLayout layout = proposal.Layout;
        Assert.Equal(("Buchungstag", "Betrag", "Währung", "Auftraggeber", "Verwendungszweck"), (layout.Date, layout.Amount, layout.Currency, layout.Party, layout.Description));
        Assert.Equal(["dd.MM.yyyy"], layout.DateFormats);
        Assert.Equal(new NumberFormat { DecimalMark = ',', GroupSeparators = "." }, layout.Numbers);
        Assert.Equal((';', proposed), (layout.Separator, layout.Encoding));
        Assert.Equal(proposed is null ? 0 : 1, proposal.Questions.Count);
        Assert.Equal((3, 3), (proposal.RowsTried, proposal.RowsRead));
        Assert.Contains("Müller GmbH", proposal.Columns[1].Sample);
    }

    [Fact]
    public async Task Debit_and_credit_are_found()
    {
        LayoutProposal proposal = await Inspect("""
            Date	Details	Paid out	Paid in	Balance	Currency
            2025-06-01	Rent	1,200.00		800.00	GBP
            2025-06-02	Salary		2,500.00	3,300.00	GBP
            2025-06-03	Shop	12.50		3,287.50	GBP
            """);

        SourceLayout layout = proposal.Layout;
        Assert.Equal(("Paid out", "Paid in", null), (layout.Debit, layout.Credit, layout.Amount));
        Assert.Equal(new NumberFormat { GroupSeparators = "," }, layout.Numbers);
        Assert.Equal('\t', layout.Separator);
        Assert.Empty(proposal.Questions);
        Assert.Equal((3, 3), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task Dates_that_may_be_either_way_are_a_question_and_no_proposal()
    {
        LayoutProposal ambiguous = await Inspect("date,amount,currency\n03/04/2025,1.50,USD\n11/12/2025,2.50,USD\n");
        LayoutProposal dayFirst = await Inspect("date,amount,currency\n03/04/2025,1.50,USD\n25/12/2025,2.50,USD\n");
        LayoutProposal monthFirst = await Inspect("date,amount,currency\n03/04/2025,1.50,USD\n12/25/2025,2.50,USD\n");
        LayoutProposal both = await Inspect("date,amount,currency\n03/25/2025,1.50,USD\n25/12/2025,2.50,USD\n03/04/2025,2.50,USD\n");

        Assert.Equal("Column 'date': '03/04/2025' may be written dd/MM/yyyy or MM/dd/yyyy. Which is it? Set dateFormats.", Assert.Single(ambiguous.Questions).Text);
        Assert.Empty(ambiguous.Layout.DateFormats);
        Assert.Equal((2, 0), (ambiguous.RowsTried, ambiguous.RowsRead));
        Assert.Equal(["dd/MM/yyyy"], dayFirst.Layout.DateFormats);
        Assert.Empty(dayFirst.Questions);
        Assert.Equal(["MM/dd/yyyy"], monthFirst.Layout.DateFormats);
        Assert.Empty(monthFirst.Questions);
        Assert.Contains("may be written", Assert.Single(both.Questions).Text);
        Assert.Empty(both.Layout.DateFormats);
    }

    [Fact]
    public async Task Numbers_that_may_be_either_way_are_a_question_and_no_proposal()
    {
        LayoutProposal proposal = await Inspect("date;amount;currency\n2025-01-01;1,234;USD\n2025-01-02;5,678;USD\n");

        Assert.Equal("Column 'amount': '1,234' may be 1234 or 1.234. Is its decimal mark a point or a comma? Set numbers.", Assert.Single(proposal.Questions).Text);
        Assert.Equal(NumberFormat.Invariant, proposal.Layout.Numbers);
        Assert.Equal((2, 0), (proposal.RowsTried, proposal.RowsRead));
    }

    [Theory]
    [InlineData("(5.00)|1.25", true, false, false, "")]
    [InlineData("5.00-|1.25", false, true, false, "")]
    [InlineData("$5.00|1.25", false, false, true, "")]
    [InlineData("1 234.50|1.25", false, false, false, " ")]
    [InlineData("1'234.50|(1.25)", true, false, false, "'")]
    public async Task A_number_format_allows_what_the_values_need_and_no_more(string values, bool parentheses, bool trailingMinus, bool currencySign, string groups)
    {
        LayoutProposal proposal = await Inspect("date;amount;currency\n" + string.Concat(values.Split('|').Select(value => $"2025-01-01;{value};USD\n")));

        Assert.Equal(
            new NumberFormat { AllowParentheses = parentheses, AllowTrailingMinus = trailingMinus, AllowCurrencySign = currencySign, GroupSeparators = groups },
            proposal.Layout.Numbers);
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task Columns_of_unknown_names_are_found_by_their_values()
    {
        LayoutProposal proposal = await Inspect("""
            wann,nummer,wieviel,geld,was
            17.06.2025,1,12.50,EUR,Mehl
            18.06.2025,2,3.75,EUR,Milch
            """);

        Assert.Equal(("wann", "wieviel", "geld"), (proposal.Layout.Date, proposal.Layout.Amount, proposal.Layout.Currency));
        Assert.Equal("its values are dates (dd.MM.yyyy)", proposal.Columns[0].Why);
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task A_file_without_a_header_is_addressed_by_place()
    {
        LayoutProposal proposal = await Inspect("2025-06-17,Acme,12.50,USD\n2025-06-18,Beta,3.75,USD\n");

        Assert.False(proposal.Layout.HasHeader);
        Assert.Equal(("#1", "#3", "#4"), (proposal.Layout.Date, proposal.Layout.Amount, proposal.Layout.Currency));
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task Null_markers_are_found_and_stand_for_nothing()
    {
        LayoutProposal proposal = await Inspect("date,amount,currency,vendor\n2025-06-17,12.50,USD,NULL\n2025-06-18,1.25,USD,\\N\n2025-06-19,1.25,USD,Acme\n");

        Assert.Equal(["NULL", "\\N"], proposal.Layout.NullValues);
        Assert.Equal(["Acme"], proposal.Columns[3].Sample);
        Assert.Equal(3, proposal.RowsRead);
    }

    [Fact]
    public async Task Several_columns_for_one_role_are_a_question()
    {
        LayoutProposal party = await Inspect("date,amount,currency,vendor,merchant\n2025-06-17,12.50,USD,Acme,Beta\n");
        LayoutProposal amount = await Inspect("date,net,gross,currency\n2025-06-17,12.50,14.50,USD\n");

        Assert.Equal("Which column is the party: 'vendor' or 'merchant'? Set columns.party.", Assert.Single(party.Questions).Text);
        Assert.Equal("", party.Layout.Party);
        Assert.Equal(1, party.RowsRead);
        Assert.Equal("Which column is the amount: 'net' or 'gross'? Set columns.amount.", Assert.Single(amount.Questions).Text);
        Assert.Null(amount.Layout.Amount);
        Assert.Equal((1, 0), (amount.RowsTried, amount.RowsRead));
        Assert.Contains("no column is recognised as amount", Assert.Single(amount.Warnings));
    }

    [Fact]
    public async Task A_known_header_over_other_values_is_not_taken()
    {
        LayoutProposal proposal = await Inspect("date,bill_amount,total,currency\n2025-06-17,see total,12.50,USD\n2025-06-18,see total,1.50,USD\n");

        Assert.Equal("total", proposal.Layout.Amount);
        Assert.Equal(2, proposal.RowsRead);
    }

    [Fact]
    public async Task A_missing_currency_and_an_instant_without_offset_are_questions()
    {
        LayoutProposal proposal = await Inspect("timestamp,amount\n2025-06-17 10:30:00,12.50\n");

        Assert.Equal("timestamp", proposal.Layout.Instant);
        Assert.Collection(
            proposal.Questions.Select(question => question.Text),
            question => Assert.Contains("'timestamp' has no offset", question),
            question => Assert.Contains("Set defaultCurrency", question));
        Assert.Equal((1, 0), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task Rows_that_cannot_be_read_are_counted_and_explained()
    {
        LayoutProposal proposal = await Inspect("date,amount,currency\n" + string.Concat(Enumerable.Repeat("2025-06-17,12.50,USD\n", 19)) + "2025-06-17,abc,USD\n");

        Assert.Equal((20, 19), (proposal.RowsTried, proposal.RowsRead));
        Assert.Contains("1 row cannot be read (bad_amount), the first on line 21: Column 'amount': 'abc'", Assert.Single(proposal.Warnings));
    }

    [Fact]
    public async Task A_repaired_header_is_a_warning()
    {
        LayoutProposal proposal = await Inspect("\"" + CompanyBills);

        Assert.Equal((3, 3), (proposal.RowsTried, proposal.RowsRead));
        Assert.Contains("header repaired", Assert.Single(proposal.Warnings));
    }

    [Fact]
    public async Task JSON_is_looked_at_by_its_members()
    {
        LayoutProposal proposal = await Inspect("""
            {"transaction_id":"t1","user_id":"u1","amount":12.50,"currency":"EUR","timestamp":"2025-06-17T10:30:00Z","merchant":"Acme"}
            {"transaction_id":"t2","user_id":"u1","amount":1.5e3,"currency":"USD","timestamp":"2025-06-17T10:31:00Z","merchant":"Beta"}
            """);

        SourceLayout layout = proposal.Layout;
        Assert.Equal(SourceFormat.Json, proposal.Format);
        Assert.Equal(("timestamp", null, "amount", "currency"), (layout.Instant, layout.Date, layout.Amount, layout.Currency));
        Assert.Equal(("transaction_id", "user_id", "merchant"), (layout.Id, layout.Account, layout.Party));
        Assert.Null(layout.Separator);
        Assert.Empty(proposal.Questions);
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task A_source_that_can_be_read_once_is_enough_and_gzip_is_unpacked()
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(CompanyBills));
        }

        packed.Position = 0;
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Stream("bills.csv.gz", packed), TestContext.Current.CancellationToken);

        Assert.Equal(3, proposal.RowsRead);
    }

    [Theory]
    [InlineData(5_000, "")]
    [InlineData(900, "x")]
    public async Task No_more_than_1000_rows_of_4_MiB_are_tried(int rows, string filler)
    {
        string note = filler.Length == 0 ? "" : new string('x', 8_000);
        LayoutProposal proposal = await Inspect("date,amount,currency,note\n" + string.Concat(Enumerable.Repeat($"2025-06-17,12.50,USD,{note}\n", rows)));

        Assert.Equal(filler.Length == 0 ? 1_000 : 4 * 1024 * 1024 / 8_022, proposal.RowsTried);
        Assert.Equal(proposal.RowsTried, proposal.RowsRead);
        Assert.Empty(proposal.Warnings);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("[]")]
    [InlineData("%PDF-1.7")]
    public async Task What_holds_no_rows_or_is_no_text_is_an_error(string text)
    {
        SourceFormatException exception = await Assert.ThrowsAsync<SourceFormatException>(() => Inspect(text));

        Assert.StartsWith("some.csv: ", exception.Message);
    }

    [Fact]
    public async Task A_real_cloud_bill_is_read_whole_once_its_time_zone_is_stated_and_its_other_costs_are_a_question()
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);

        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.File(SharedData.PathTo("focus-sample", "focus_sample.csv")), TestContext.Current.CancellationToken);

        SourceLayout layout = proposal.Layout;
        Assert.Equal(("BilledCost", "ChargePeriodStart", "ChargePeriodStart", "BillingCurrency"), (layout.Amount, layout.Date, layout.Instant, layout.Currency));
        Assert.Equal(("Id", "ProviderName", "BillingAccountId", "ChargeDescription"), (layout.Id, layout.Party, layout.Account, layout.Description));
        Assert.Equal(["NULL"], layout.NullValues);
        Assert.Equal(NumberFormat.Invariant, layout.Numbers);
        Assert.Empty(layout.DateFormats);
        Assert.Equal(
            [
                "Column 'ChargePeriodStart' has no offset to UTC. In which time zone is it? Set timeZone, such as \"Pacific/Auckland\" or \"UTC\".",
                "The amount is taken from 'BilledCost'. 'ContractedCost', 'EffectiveCost' or 'ListCost' could be the amount too: is 'BilledCost' the right one?",
            ],
            proposal.Questions.Select(question => question.Text));
        Assert.Equal((1_000, 0), (proposal.RowsTried, proposal.RowsRead));
        IngestReport report = await new Runs.Ingest().Pipeline().IngestAsync(
            BillingSource.File(SharedData.PathTo("focus-sample", "focus_sample.csv")),
            new IngestOptions { Layout = layout with { TimeZone = "UTC" } },
            TestContext.Current.CancellationToken);
        Assert.Equal((1_000, "20.52022672899"), (report.Stored.Rows, report.Stored["USD"].ToString()));
        Assert.Equal(44, proposal.Columns.Count);
    }

    [Theory]
    [InlineData("Buchungstag;Umsatz;Währung;Soll/Haben\n01.10.2019;1.337,00;EUR;H\n02.10.2019;13,37;EUR;S\n", "1337.00 -13.37", "get their sign from 'Soll/Haben'")]
    [InlineData("Date,Amount,Transaction Type,Currency\n2025-06-01,5.00,debit,USD\n2025-06-02,7.00,credit,USD\n", "-5.00 7.00", "get their sign from 'Transaction Type'")]
    [InlineData("Date,Amount,Kind,Currency\n2025-06-01,5.00,DBIT,USD\n2025-06-02,7.00,CRDT,USD\n", "-5.00 7.00", "get their sign from 'Kind'")]
    [InlineData("date,debit,credit,currency\n2025-01-02,-70.55,,USD\n2025-01-03,,1200.00,USD\n", "-70.55 1200.00", "All numbers in 'debit' are negative")]
    [InlineData("date,amount,fee,currency\n2025-01-02,-70.55,1.00,USD\n2025-01-03,1200.00,0,USD\n", "-71.55 1200.00", "is subtracted from the amount")]
    [InlineData("date,amount,fee,currency\n2025-01-02,70.55,-1.00,USD\n2025-01-03,1200.00,0,USD\n", "69.55 1200.00", "is added to the amount")]
    [InlineData("Date,Description,Amount(GBP)\n2025-06-16,Train,19.87\n", "19.87", null)]
    [InlineData("Date,Payee,Amount (EUR),Type Foreign Currency\n2024-08-01,A,-324.83,USD\n2024-08-02,B,-5.00,EUR\n", "-324.83 -5.00", null)]
    [InlineData("date,amount\n2024-08-01,€5.00\n2024-08-02,€7.50\n", "5.00 7.50", null)]
    [InlineData("date,amount,currency\n2025-06-01,5.00 DR,INR\n2025-06-02,7.00 CR,INR\n", "-5.00 7.00", null)]
    [InlineData("date,amount,currency\n2025-06-01,\"1,23,456.00\",INR\n2025-06-02,\"99,999.50\",INR\n", "123456.00 99999.50", null)]
    [InlineData("date,amount,currency\n2019.04.19.,-350.5,HUF\n2019.04.17.,20,HUF\n", "-350.5 20", null)]
    [InlineData("Date,Amount,Currency\nPending,6.60,GBP\n16/06/2019,19.87,GBP\n27/05/2019,-59.64,GBP\n", "bad_date 19.87 -59.64", null)]
    [InlineData("date,amount,currency\n2025-01-16,14.550,EUR\n2025-01-17,31.422,EUR\n", "bad_amount bad_amount", "'14.550' may be 14.550 or 14550")]
    [InlineData("date,amount,currency\n2025-01-16,14.550,EUR\n2025-01-17,31.42,EUR\n", "14.550 31.42", null)]
    [InlineData("date,amount,currency\n2025-06-01,18000,EUR\n2025-06-02,-55800,EUR\n", "18000 -55800", "in minor units, such as cents")]
    [InlineData("date,amount,currency\n45581,1.00,EUR\n45582,2.00,EUR\n", "bad_date bad_date", "\"excel\" for days")]
    public async Task What_decides_an_amount_is_proposed_asked_and_never_passed_over(string text, string amounts, string? question)
    {
        LayoutProposal proposal = await Inspect(text);

        Reading.ReadSource read = Reading.ReadSource.Of(text, proposal.Layout);
        Assert.Equal(amounts, string.Join(' ', read.Rows.Select(row => row.Fault?.Reason ?? row.Amount!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        if (question is null)
        {
            Assert.Empty(proposal.Questions);
        }
        else
        {
            Assert.Contains(proposal.Questions, asked => asked.Text.Contains(question, StringComparison.Ordinal));
        }
    }

    private static Task<LayoutProposal> Inspect(string text) =>
        LayoutInspector.InspectAsync(BillingSource.Text("some.csv", text), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("{\"data\":{\".\":[{\"date\":\"2025-06-01\",\"amount\":1,\"currency\":\"USD\"}]}}")]
    [InlineData("{\"\":[{\"date\":\"2025-06-01\",\"amount\":1,\"currency\":\"USD\"}]}")]
    [InlineData("{\"a.\":[{\"date\":\"2025-06-01\",\"amount\":1,\"currency\":\"USD\"}],\"b..c\":[{\"date\":\"2025-06-01\"}]}")]
    public async Task A_path_that_no_layout_can_state_is_not_proposed(string json)
    {
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("odd.json", json), TestContext.Current.CancellationToken);
        Assert.Null(proposal.Layout.Rows);
        Assert.Equal(proposal.Layout.ToJson(), SourceLayout.Parse(proposal.Layout.ToJson()).ToJson());
    }

    [Fact]
    public async Task A_column_that_says_debit_or_credit_is_not_proposed_as_the_description_too()
    {
        LayoutProposal proposal = await LayoutInspector.InspectAsync(
            BillingSource.Text("odd.csv", "date,amount,currency,description\n2025-06-01,1.00,USD,cr\n2025-06-02,2.00,USD,dr\n"), TestContext.Current.CancellationToken);
        Assert.Equal("description", proposal.Layout.Direction);
        Assert.NotEqual("description", proposal.Layout.Description);
        Assert.Equal(proposal.Layout.ToJson(), SourceLayout.Parse(proposal.Layout.ToJson()).ToJson());
    }
}
