using System.Diagnostics;
using System.Globalization;
using System.Text;
using Billing.Aws;
using Billing.Generators;

namespace Billing.EndToEnd.Tests;

/// <summary>Functions whose process is killed within an invocation: redelivery completes their work once.</summary>
public sealed class KilledFunctionTests(SharedEnvironment shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Transactions_are_each_stored_once(int seed)
    {
        const string queue = "FinancialTransactionQueue";
        LocalEnvironment environment = await shared.GetAsync();
        string[] messages = [.. new TransactionGenerator((ulong)(7_000 + seed), DateTimeOffset.UnixEpoch, new TransactionMix()).Generate(500)];
        int kills = await KillingAsync(environment, "transactions", seed, async () =>
        {
            foreach (string[] chunk in messages.Chunk(10))
            {
                Assert.All(await environment.Client.Queue(queue).SendAsync([.. chunk.Select(message => new SqsOutgoingMessage(message))], Token), outcome => Assert.True(outcome.Succeeded));
            }

            await Eventually.DrainedAsync(environment, queue);
        });
        Assert.True(kills > 0, "No process was at work when it should have been killed.");
        HashSet<string> ids = [.. messages.Select(message => message.Split('"')[3])];
        Assert.Equal(500, ids.Count);
        Assert.Equal(500, (await Items.OfAsync(environment, "RealTimeTransactions")).Count(item => ids.Contains(item.Text("transaction_id")!)));
        Assert.Equal(0, (await environment.Client.DeadLettersOf(queue).GetCountsAsync(Token)).Waiting);
    }

    [Fact]
    public async Task A_file_is_stored_once()
    {
        const int rows = 20_000;
        LocalEnvironment environment = await shared.GetAsync();
        string key = $"{Guid.NewGuid():N}.csv";
        StringBuilder csv = new("id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n");
        for (int i = 1; i <= rows; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i},Prairie Meats,United States,Omaha,Meat,{key} {i},2025-06-04,USD,1.01\n");
        }

        int kills = await KillingAsync(environment, "billing-csv", 3, async () =>
        {
            _ = await environment.Client.UploadAsync("billing-invoices", key, new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())), Token);
            await Eventually.DrainedAsync(environment, "BillingCsvQueue");
        });
        Assert.True(kills > 0, "No process was at work when it should have been killed.");
        Assert.Equal(
            "20000 20200.00",
            environment.Database!.Scalar($"SELECT CONCAT(COUNT(*), ' ', CAST(SUM(reporting_amount) AS DECIMAL(20,2))) FROM billing_records WHERE source = 's3://billing-invoices/{key}'", "billing"));
    }

    // Kills a process of the function a few times while the work is done, at moments that the seed chooses.
    private static async Task<int> KillingAsync(LocalEnvironment environment, string function, int seed, Func<Task> work)
    {
        Random random = new(seed);
        Task working = work();
        int kills = 0;
        for (int i = 0; i < 5 && !working.IsCompleted; i++)
        {
            _ = await Eventually.BecomesAsync(() => Task.FromResult(environment.ProcessesOf(function).Count), count => count > 0 || working.IsCompleted);
            await Task.Delay(TimeSpan.FromMilliseconds(20 + random.Next(400)), Token);
            if (!working.IsCompleted && environment.ProcessesOf(function) is { Count: > 0 } processes)
            {
                kills += TryKill(processes[random.Next(processes.Count)]) ? 1 : 0;
            }
        }

        await working;
        return kills;
    }

    // A process that was killed just now may still be on the list.
    private static bool TryKill(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
