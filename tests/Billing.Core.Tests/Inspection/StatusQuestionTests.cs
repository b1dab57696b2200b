using Billing.Values;

namespace Billing.Core.Tests.Inspection;

/// <summary>A column that says that rows are pending is asked about, never ignored in silence.</summary>
public sealed class StatusQuestionTests
{
    [Theory]
    [InlineData("Status", "PENDING", "POSTED")]
    [InlineData("Umsatzstatus", "vorgemerkt", "gebucht")]
    [InlineData("Statut", "En attente", "Comptabilisé")]
    [InlineData("Estado", "Pendiente", "Contabilizado")]
    [InlineData("Stato", "In sospeso", "Contabilizzato")]
    [InlineData("Transactiestatus", "in behandeling", "geboekt")]
    [InlineData("Stan", "Oczekująca", "Zaksięgowana")]
    [InlineData("状态", "处理中", "已完成")]
    [InlineData("Anything", "Authorised", "Settled")]
    public async Task It_is_asked_about_in_many_languages_and_the_answer_leaves_pending_rows_out(string header, string pending, string posted)
    {
        string text = $"id,date,party,amount,currency,{header}\n1,2025-06-02,Cafe,-10.00,USD,{pending}\n2,2025-06-03,Bar,-5.50,USD,{posted}\n";
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("card.csv", text), TestContext.Current.CancellationToken);
        LayoutQuestion question = Assert.Single(proposal.Questions, question => question.Text.Contains($"'{header}'", StringComparison.Ordinal) && question.Text.Contains("pending", StringComparison.Ordinal));
        Assert.Equal(3, question.Answers.Count);
        foreach (LayoutAnswer yes in question.Answers.Take(2))
        {
            Runs.Ingest ingest = new();
            IngestReport report = await ingest.Text(text, options: new IngestOptions { Layout = yes.Apply(proposal.Layout) });
            Assert.Equal((1, 1, 1), (report.Stored.Rows, report.Pending.Rows, report.Quarantined.Rows));
        }

        Assert.Equal("id", question.Answers[1].Apply(proposal.Layout).Pending!.Id);
        SourceLayout no = question.Answers[2].Apply(proposal.Layout);
        Assert.Equal(("", null), (no.Status, no.Pending));
        LayoutProposal settled = await LayoutInspector.InspectAsync(BillingSource.Text("card.csv", text), no, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(question, settled.Questions);
    }

    [Theory]
    [InlineData("Status", "active", "inactive")]
    [InlineData("Note", "pending", "for Anna")]
    [InlineData("Status", "POSTED", "POSTED")]
    public async Task Other_columns_are_not(string header, string one, string two)
    {
        string text = $"date,party,amount,currency,{header}\n2025-06-02,Cafe,-10.00,USD,{one}\n2025-06-03,Bar,-5.50,USD,{two}\n";
        LayoutProposal proposal = await LayoutInspector.InspectAsync(BillingSource.Text("card.csv", text), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(proposal.Questions, question => question.Text.Contains("pending", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(" Vorgemerkt ", true, false)]
    [InlineData("COMPLETED", false, true)]
    [InlineData("DECLINED", false, false)]
    [InlineData("", false, false)]
    public void Words_are_known_in_any_case(string word, bool isPending, bool isPosted)
    {
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(word);
        Assert.Equal((isPending, isPosted), (StatusWords.IsPending(utf8), StatusWords.IsPosted(utf8)));
    }
}
