using System.Globalization;
using System.Text;

namespace Billing.Core.Tests.Runs;

/// <summary>Texts that are no currency do not grow the totals, which balance all the same.</summary>
public sealed class UnknownCodeTests
{
    [Fact]
    public async Task Very_many_of_them_stand_together_and_balance()
    {
        const int rows = 100_000;
        StringBuilder text = new("date,amount,currency\n");
        for (int i = 0; i < rows; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2025-06-01,{i}.01,X{i}\n");
        }

        Ingest ingest = new(billing => billing.UseBatchSize(1_000));
        IngestReport report = await ingest.Text(text.ToString());

        Assert.Equal((rows, rows, true), (report.Read.Rows, report.Quarantined.Rows, report.IsBalanced));
        Assert.Equal(21, report.Read.Money.Count);
        Assert.Equal("0.01", report.Read["X0"].ToString());
        Assert.Equal("4999950809.8", report.Read[ControlTotals.OtherCodes].ToString());
        Assert.Equal(report.Read, report.Quarantined);
    }

    [Fact]
    public async Task A_known_code_keeps_its_name_however_many_others_there_are_and_a_long_text_is_never_a_name()
    {
        StringBuilder text = new("date,amount,currency\n");
        text.Append("2025-06-01,1,").Append('x', 5_000).Append('\n');
        for (int i = 0; i < 30; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2025-06-01,1,X{i}\n2025-06-01,1,usd\n");
        }

        IngestReport report = await new Ingest().Text(text.ToString());
        Assert.True(report.IsBalanced);
        Assert.Equal(("30", "11"), (report.Read["USD"].ToString(), report.Read[ControlTotals.OtherCodes].ToString()));
    }

    [Fact]
    public async Task They_balance_where_they_are_replayed()
    {
        Ingest ingest = new(billing => billing.UseBatchSize(7));
        await ingest.Text("date,amount,currency\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"2025-06-01,{i},X{i}\n")));
        IngestReport report = Assert.Single(await ingest.Pipeline().ReplayAsync(new QuarantineQuery(), new IngestOptions(), TestContext.Current.CancellationToken));
        Assert.Equal((60, true), (report.Read.Rows, report.IsBalanced));
    }
}
