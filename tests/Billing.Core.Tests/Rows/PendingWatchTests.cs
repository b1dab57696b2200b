using Billing.Core.Tests.Runs;

namespace Billing.Core.Tests.Rows;

/// <summary>Rows that a column calls pending count as money where nobody said what they are; never in silence.</summary>
public sealed class PendingWatchTests
{
    [Theory]
    [InlineData("status", "posted", "pending", "'pending' in 2 rows")]
    [InlineData("Buchungsstatus", "gebucht", "vorgemerkt", "'vorgemerkt' in 2 rows")]
    [InlineData("Estado", "liquidado", " PENDIENTE ", "'PENDIENTE' in 2 rows")]
    [InlineData("状态", "成功", "待入账", "'待入账' in 2 rows")]
    public async Task A_file_whose_status_says_pending_is_stored_with_a_warning(string header, string posted, string pending, string told)
    {
        string text = $"date,company,amount,currency,{header}\n2025-06-01,A,1.00,USD,{posted}\n2025-06-02,B,2.00,USD,{pending}\n2025-06-03,C,3.00,USD,{pending}\n2025-06-04,D,x,USD,{pending}\n";
        IngestReport report = await new Ingest().Text(text);
        Assert.Equal(3, report.Stored.Rows);
        Assert.Contains(told, Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Contains("june.csv: column", report.Warnings[0], StringComparison.Ordinal);

        string json = string.Concat(new[] { posted, pending, pending }.Select((word, i) => $$"""{"date":"2025-06-0{{i + 1}}","company":"A","amount":"1.00","currency":"USD","{{header}}":"{{word}}"}""" + "\n"));
        Assert.Contains(told, Assert.Single((await new Ingest().Text(json, "june.json")).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status", "posted")]
    [InlineData("status", "open")]
    [InlineData("status", "processing")]
    [InlineData("status", "paid")]
    [InlineData("comment", "pending")]
    [InlineData("status", "")]
    public async Task Other_words_and_other_columns_are_not_told_of(string header, string word) =>
        Assert.Empty((await new Ingest().Text($"date,company,amount,currency,{header}\n2025-06-01,A,1.00,USD,{word}\n")).Warnings);

    [Fact]
    public async Task Who_says_that_all_rows_count_is_not_told_again()
    {
        const string Text = "date,company,amount,currency,status\n2025-06-01,A,1.00,USD,pending\n";
        Assert.Empty((await new Ingest().Text(Text, options: new IngestOptions { Layout = SourceLayout.Parse("""{ "columns": { "status": null } }""") })).Warnings);
        IngestReport apart = await new Ingest().Text(Text, options: new IngestOptions { Layout = SourceLayout.Parse("""{ "columns": { "status": "status" }, "pending": { "values": ["pending"], "posted": ["posted"] } }""") });
        Assert.Equal((0, 1), (apart.Stored.Rows, apart.Pending.Rows));
        Assert.Empty(apart.Warnings);
    }
}
