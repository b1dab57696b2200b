using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Sinks.Aurora.Tests;

/// <summary>However many batches are written at once, the ledger and the report are those of one after another.</summary>
public sealed class ConcurrentRunTests
{
    private const int Rows = 3_000;
    private const int BatchSize = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Repetitions_and_conflicts_within_a_file_come_out_the_same(bool infile)
    {
        string expected = Expected();
        foreach (int writes in (int[])[1, 2, 8])
        {
            Assert.Equal(expected, await IngestAsync(infile, writes));
        }
    }

    private static async Task<string> IngestAsync(bool infile, int writes)
    {
        await using AuroraStore store = new();
        await using AuroraSink sink = store.Open(options => (options.UseLocalInfile, options.Concurrency) = (infile, writes));
        await using ServiceProvider services = new ServiceCollection().AddBilling(billing => billing.UseBatchSize(BatchSize).AddSink(sink)).BuildServiceProvider();
        IngestReport first = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", Csv()), new IngestOptions { Identity = RecordIdentity.Columns("id") }, Cancellation);
        Assert.True(first.IsBalanced);
        return $"stored {first.Stored.Rows}, duplicate {first.Duplicate.Rows}, conflict {first.Conflict.Rows}\n"
            + store.Scalar("SELECT GROUP_CONCAT(CONCAT(source_id, ':', line, ':', CAST(amount AS DECIMAL(10,2))) ORDER BY line) FROM billing_records");
    }

    // The first of an id stays.
    private static string Expected()
    {
        List<string> stored = [];
        Dictionary<string, string> amounts = [];
        int duplicates = 0;
        int conflicts = 0;
        foreach ((int i, string row) in Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Index())
        {
            string[] fields = row.Split(',');
            if (amounts.TryAdd(fields[0], fields[2]))
            {
                stored.Add($"{fields[0]}:{i + 2}:{fields[2]}");
            }
            else if (amounts[fields[0]] == fields[2])
            {
                duplicates++;
            }
            else
            {
                conflicts++;
            }
        }

        Assert.True(duplicates > 300 && conflicts > 200, "The file has too few repetitions.");
        return $"stored {stored.Count}, duplicate {duplicates}, conflict {conflicts}\n{string.Join(',', stored)}";
    }

    // Of every hundred rows the last 22 have an id of a row before, in the same batch or in the one before; some with another amount.
    private static string Csv()
    {
        StringBuilder csv = new("id,date,amount,currency\n");
        for (int i = 0; i < Rows; i++)
        {
            bool repeats = i >= 100 && i % 100 >= 78;
            int id = !repeats ? i : i % 3 == 0 ? i - 78 : i - 100 - (i % 100 - 78);
            csv.Append(CultureInfo.InvariantCulture, $"{id},2025-06-17,{(repeats && i % 3 == 2 ? 7 : 1)}.25,USD\n");
        }

        return csv.ToString();
    }
}
