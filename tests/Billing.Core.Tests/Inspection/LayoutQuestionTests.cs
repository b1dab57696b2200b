using Billing.Layouts;

namespace Billing.Core.Tests.Inspection;

/// <summary>What is stated stays, and is not asked again; every question can be answered.</summary>
public sealed class LayoutQuestionTests
{
    private const string DashesForMinus = "date;party;amount;currency\n2025-02-02;X;\u2013100,00;SEK\n2025-02-03;X;-100,50;SEK\n2025-02-04;X;\ufe635,00;SEK\n2025-02-05;X;\uff0d6,00;SEK\n";
    private const string Statement = """
        Buchungstag;Valuta;Zweck;Betrag;Soll/Haben;Gebühr
        03.04.2025;03.04.2025;Miete;1.000;S;2,50
        05.04.2025;05.04.2025;Gehalt;3.001;H;0,00

        """;

    [Theory]
    [InlineData("debit,")]
    [InlineData("date,credit,currency\n2025-06-17,,USD\n")]
    public async Task A_column_with_the_header_of_an_amount_and_no_value_is_told_of(string text) =>
        Assert.Contains((await Inspect(text)).Questions, question => question.Text.Contains("has the header of an amount, but no value.", StringComparison.Ordinal));

    [Theory]
    [InlineData("date,amount,currency\n03/04/2025,1.50,USD\n11/12/2025,2.50,USD\n")]
    [InlineData("date;amount;currency\n2025-01-01;1,234;USD\n2025-01-02;5,678;USD\n")]
    [InlineData("date,net,gross,currency\n2025-06-17,12.50,14.50,USD\n")]
    [InlineData("date,amount,total,currency,vendor,merchant\n2025-06-17,12.50,13.00,USD,Acme,Beta\n")]
    [InlineData("timestamp,amount\n2025-06-17 10:30:00,12.50\n")]
    [InlineData("date,amount,debit,credit,currency\n2025-06-17,1.00,1.00,,USD\n2025-06-18,2.00,,2.00,USD\n")]
    [InlineData("date,debit,credit,currency\n2025-06-17,-1.00,,USD\n2025-06-18,,2.00,USD\n")]
    [InlineData("date,debit,credit,currency\n2025-06-17,1.00,,USD\n2025-06-18,,(2.00),USD\n")]
    [InlineData("date,amount,currency,type\n2025-06-17,1.00,USD,debit\n2025-06-18,2.00,USD,credit\n")]
    [InlineData("date,amount,currency,type\n2025-06-17,-1.00,USD,debit\n2025-06-18,2.00,USD,credit\n")]
    [InlineData("date,amount,currency,kind\n2025-06-17,1.00,USD,D\n2025-06-18,2.00,USD,C\n")]
    [InlineData("date,amount,fee,currency\n2025-06-17,1.00,0.10,USD\n2025-06-18,2.00,-0.10,USD\n")]
    [InlineData("date,amount,fee,currency\n2025-06-17,1.00,0.10,USD\n2025-06-18,2.00,0.10,USD\n")]
    [InlineData("date,amount,fee,commission,currency\n2025-06-17,1.00,0.10,0.20,USD\n")]
    [InlineData("date,amount,currency\n2025-06-17,1999,USD\n")]
    [InlineData("date,Amount (EUR),currency\n2025-06-17,1.00,USD\n2025-06-18,2.00,GBP\n")]
    [InlineData("date,amount\n2025-06-17,$1.00\n2025-06-18,$2.00\n")]
    [InlineData("date,amount\n2025-06-17,1.00 EUR\n2025-06-18,2.00 USD\n")]
    [InlineData("date,amount,currency\n45000,1.00,USD\n45001,2.00,USD\n")]
    [InlineData("a,b,c\nx,y,USD\n")]
    [InlineData(DashesForMinus)]
    [InlineData("date,party,debit,credit,currency\n2025-06-17,Acme,one,,USD\n2025-06-18,Acme,,two,USD\n")]
    [InlineData("{\"a\":[{\"date\":\"2025-06-17\",\"amount\":1.5,\"currency\":\"USD\"}],\"b\":[{\"date\":\"2025-06-17\",\"amount\":1.5,\"currency\":\"USD\"}]}")]
    [InlineData(Statement)]
    [InlineData("date,debit,currency\n2025-06-17,,USD\n")]
    public async Task Each_answer_settles_its_question(string text)
    {
        LayoutProposal proposal = await Inspect(text);
        Assert.NotEmpty(proposal.Questions);
        foreach (LayoutQuestion question in proposal.Questions)
        {
            Assert.True(question.Answers.Count > 0 || question.Example is not null, question.Text);
            foreach (LayoutAnswer answer in question.Answers)
            {
                SourceLayout answered = answer.Apply(SourceLayout.Default);
                if (answered != SourceLayout.Default)
                {
                    Assert.DoesNotContain(question, (await Inspect(text, answered)).Questions);
                }
            }

            if (question.Example is { } example && !question.Text.Contains("No column holds", StringComparison.Ordinal))
            {
                Assert.DoesNotContain(question, (await Inspect(text, question.Answer(SourceLayout.Default, example))).Questions);
            }
        }
    }

    [Fact]
    public async Task What_is_stated_is_kept()
    {
        SourceLayout stated = new()
        {
            Date = "Valuta",
            Direction = "Soll/Haben",
            DebitWords = ["S"],
            CreditWords = ["H"],
            Fee = "",
            Description = "",
            DefaultCurrency = "CHF",
            Numbers = new NumberFormat { DecimalMark = ',', GroupSeparators = "." },
            DateFormats = ["dd.MM.yyyy"],
            Required = ["Zweck"],
            Identity = RecordIdentity.Columns(["Zweck"]),
            MaxRecordBytes = 4096,
        };

        LayoutProposal proposal = await Inspect(Statement, stated);

        Assert.Equal((stated with { Amount = "Betrag", Separator = ';' }).ToJson(), proposal.Layout.ToJson());
        Assert.All(proposal.Questions, question => Assert.Contains("whole numbers", question.Text, StringComparison.Ordinal));
        Assert.Equal((2, 2), (proposal.RowsTried, proposal.RowsRead));
        Assert.Equal("stated", proposal.Columns[1].Why);
    }

    [Fact]
    public async Task The_proposal_of_a_proposal_is_the_same()
    {
        SourceLayout first = (await Inspect(Statement)).Layout;
        Assert.Equal(first, (await Inspect(Statement, first)).Layout);
    }

    [Fact]
    public async Task A_stated_column_that_is_not_there_is_told()
    {
        LayoutProposal proposal = await Inspect("date,amount,currency\n2025-06-17,12.50,USD\n", new SourceLayout { Date = "bill_date" });
        Assert.Equal((1, 0), (proposal.RowsTried, proposal.RowsRead));
        Assert.Contains("bill_date", Assert.Single(proposal.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_date_that_is_stated_and_of_no_known_format_is_asked_how_it_is_written()
    {
        const string text = "when,amount,currency\n2025_06_17,12.50,USD\n";
        LayoutQuestion which = Assert.Single((await Inspect(text)).Questions);
        SourceLayout stated = which.Answers[0].Apply(SourceLayout.Default);
        LayoutQuestion how = Assert.Single((await Inspect(text, stated)).Questions);
        Assert.Contains("How are they written?", how.Text, StringComparison.Ordinal);
        LayoutProposal proposal = await Inspect(text, how.Answer(stated, "yyyy_MM_dd"));
        Assert.Empty(proposal.Questions);
        Assert.Equal((1, 1), (proposal.RowsTried, proposal.RowsRead));
    }

    [Fact]
    public async Task A_text_that_cannot_be_the_answer_is_refused()
    {
        LayoutQuestion question = Assert.Single((await Inspect("date,amount\n2025-06-17,1.50\n")).Questions);
        Assert.Contains("XXQ", Assert.Throws<BillingConfigurationException>(() => question.Answer(SourceLayout.Default, "xxq")).Message, StringComparison.Ordinal);
        Assert.Equal("CAD", question.Answer(SourceLayout.Default, " cad ").DefaultCurrency);
    }

    [Fact]
    public async Task An_impossible_layout_is_refused() =>
        await Assert.ThrowsAsync<BillingConfigurationException>(() => Inspect("date,amount\n2025-06-17,1.50\n", new SourceLayout { DefaultCurrency = "XXQ" }));

    [Fact]
    public async Task A_column_with_the_header_of_an_amount_is_offered_as_it_although_most_of_its_values_are_no_numbers()
    {
        LayoutProposal proposal = await Inspect(DashesForMinus);
        LayoutQuestion question = Assert.Single(proposal.Questions);
        Assert.StartsWith("Column 'amount' has the header of an amount, but most of its values are no numbers in any one format: '\u2013100,00'.", question.Text, StringComparison.Ordinal);
        LayoutAnswer answer = Assert.Single(question.Answers);
        Assert.Equal("'amount'", answer.Text);

        LayoutProposal answered = await Inspect(DashesForMinus, answer.Apply(proposal.Layout));
        Assert.Empty(answered.Questions);
        Assert.Equal((4, 1, ','), (answered.RowsTried, answered.RowsRead, answered.Layout.Numbers!.DecimalMark));
    }

    [Theory]
    [InlineData("date,party,description\n2025-06-17,Acme,Lunch\n")]
    [InlineData("id,date,currency\n1,2025-06-17,USD\n2,2025-06-18,USD\n")]
    [InlineData("date,vendor,merchant,amount,total\n2025-06-17,Acme,Beta,1,2\n")]
    [InlineData("date,number,count,currency\n2025-06-17,100,2,USD\n2025-06-18,101,3,USD\n")]
    [InlineData(DashesForMinus)]
    public async Task No_answer_contradicts_what_was_proposed(string text)
    {
        LayoutProposal proposal = await Inspect(text);
        Assert.NotEmpty(proposal.Questions);
        foreach (LayoutAnswer answer in proposal.Questions.SelectMany(question => question.Answers))
        {
            LayoutProposal answered = await Inspect(text, answer.Apply(proposal.Layout));
            Assert.DoesNotContain(answered.Warnings, warning => warning.Contains("column", StringComparison.OrdinalIgnoreCase) && warning.Contains("twice", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_column_that_gets_another_role_loses_the_first_one_unless_it_may_have_both()
    {
        SourceLayout before = new() { Date = "day", Party = "who", Currency = "code", Scope = "who", Account = "account" };
        SourceLayout after = ColumnRoles.Freed(before, before with { Amount = "who", Instant = "day", Id = "code" });
        Assert.Equal(("who", "", "", "day", "day", "code", null, "account"), (after.Amount, after.Party, after.Scope, after.Date, after.Instant, after.Id, after.Currency, after.Account));
        Assert.Equal(before with { Amount = "sum" }, ColumnRoles.Freed(before, before with { Amount = "sum" }));
    }

    private static Task<LayoutProposal> Inspect(string text, SourceLayout? layout = null) =>
        LayoutInspector.InspectAsync(BillingSource.Text("some.csv", text), layout ?? SourceLayout.Default, TestContext.Current.CancellationToken);
}
