using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Aws;
using Billing.Generators;

namespace Billing.EndToEnd.Tests;

/// <summary>Functions whose process is killed within an invocation: redelivery completes their work once.</summary>
public sealed class KilledFunctionTests(SharedEnvironment shared)
{
    private const int MostKills = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Transactions_are_each_stored_once(int seed)
    {
        const string queue = "FinancialTransactionQueue";
        LocalEnvironment environment = await shared.GetAsync();
        string[] messages = [.. new TransactionGenerator((ulong)(7_000 + seed), DateTimeOffset.UnixEpoch, new TransactionMix()).Generate(500)];
        int kills = await KillingAsync(environment, "transactions", () => CountAsync(environment, "RealTimeTransactions"), async () =>
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

        int kills = await KillingAsync(environment, "billing-csv", () => Task.FromResult(long.Parse(environment.Database!.Scalar("SELECT COUNT(*) FROM billing_records", "billing")!, CultureInfo.InvariantCulture)), async () =>
        {
            _ = await environment.Client.UploadAsync("billing-invoices", key, new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())), Token);
            await Eventually.DrainedAsync(environment, "BillingCsvQueue");
        });
        Assert.True(kills > 0, "No process was at work when it should have been killed.");
        Assert.Equal(
            "20000 20200.00",
            environment.Database!.Scalar($"SELECT CONCAT(COUNT(*), ' ', CAST(SUM(reporting_amount) AS DECIMAL(20,2))) FROM billing_records WHERE source = 's3://billing-invoices/{key}'", "billing"));
    }

    [Fact]
    public async Task Receipts_are_one_entry_each_with_every_sighting()
    {
        const int receipts = 60;
        LocalEnvironment environment = await shared.GetAsync();
        string run = Guid.NewGuid().ToString("N");
        int kills = await KillingAsync(environment, "receipts", () => CountAsync(environment, "BillE_Expenses"), async () =>
        {
            for (int i = 0; i < receipts; i++)
            {
                byte[] content = Encoding.UTF8.GetBytes($"{run} {i}");
                _ = await environment.Client.UploadAsync("bille-receipts", $"{run}/{i}.txt", new MemoryStream(content), Token);
                _ = await environment.Client.UploadAsync("bille-receipts", $"{run}/copy of {i}.txt", new MemoryStream(content), Token);
            }

            await Eventually.DrainedAsync(environment, "ReceiptQueue");
        });
        Assert.True(kills > 0, "No process was at work when it should have been killed.");
        string[] ids = [.. Enumerable.Range(0, receipts).Select(i => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run} {i}"))))];
        Dictionary<string, string?> sightings = (await Items.OfAsync(environment, "BillE_Expenses"))
            .Where(item => ids.Contains(item.Text("ReceiptID")))
            .ToDictionary(item => item.Text("ReceiptID")!, item => item.Text("SightingsCount"));
        Assert.Equal(receipts, sightings.Count);
        Assert.All(sightings.Values, count => Assert.Equal("2", count));
        Assert.Equal(0, (await environment.Client.DeadLettersOf("ReceiptQueue").GetCountsAsync(Token)).Waiting);
    }

    [Fact]
    public async Task Payments_of_one_request_are_made_once()
    {
        const int count = 3_000;
        LocalEnvironment environment = await shared.GetAsync();
        string request = Guid.NewGuid().ToString();
        InvocationResult? result = null;
        int kills = await KillingAsync(environment, "payments", () => CountAsync(environment, "billing-local-payments"), async () =>
        {
            // As whoever invokes a function asynchronously does: the same request, until it is answered.
            do
            {
                result = await environment.InvokeAsync("payments", Encoding.UTF8.GetBytes($$"""{"count":{{count}}}"""), request, Token);
                Assert.True(result.Succeeded || result.ErrorType is InvocationResult.Exited or InvocationResult.TimedOut, result.ToString());
            }
            while (!result.Succeeded);
        });
        Assert.True(kills > 0, "No process was at work when it should have been killed.");
        string[] ids = [.. JsonDocument.Parse(result!.Payload).RootElement.GetProperty("payment_ids").EnumerateArray().Select(id => id.GetString()!)];
        Assert.Equal(count, ids.Distinct().Count());
        HashSet<string> made = [.. ids];
        Assert.Equal(count, (await Items.OfAsync(environment, "billing-local-payments")).Count(item => made.Contains(item.Text("payment_id")!)));

        // A request that was killed before left nothing else behind: what it made are these.
        InvocationResult again = await environment.InvokeAsync("payments", Encoding.UTF8.GetBytes($$"""{"count":{{count}}}"""), request, Token);
        Assert.Equal(ids, JsonDocument.Parse(again.Payload).RootElement.GetProperty("payment_ids").EnumerateArray().Select(id => id.GetString()!));
    }

    [Fact]
    public async Task Expenses_posted_again_under_their_keys_are_stored_once()
    {
        const int expenses = 40;
        LocalEnvironment environment = await shared.GetAsync();
        string run = Guid.NewGuid().ToString("N");
        using HttpClient http = new();
        List<string> ids = [];
        int kills = await KillingAsync(environment, "log-expense", () => CountAsync(environment, "Expenses"), async () =>
        {
            for (int i = 0; i < expenses; i++)
            {
                HttpResponseMessage response;
                do
                {
                    using HttpRequestMessage request = new(HttpMethod.Post, new Uri(environment.State.ExpensesApi, "/logexpense"))
                    {
                        Content = new StringContent($$"""{"description":"{{run}} {{i}}","amount":12.50}""", Encoding.UTF8, "application/json"),
                    };
                    request.Headers.Add("Idempotency-Key", $"{run}-{i}");
                    response = await http.SendAsync(request, Token);
                    Assert.True(response.IsSuccessStatusCode || (int)response.StatusCode is 500 or 502 or 503, $"{response.StatusCode}");
                }
                while (!response.IsSuccessStatusCode);
                ids.Add(JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("expenseId").GetString()!);
            }
        });
        Assert.True(kills > 0, "No process was at work when it should have been killed.");
        Assert.Equal(
            ids.Order(StringComparer.Ordinal),
            (await Items.OfAsync(environment, "Expenses")).Where(item => item.Text("description")?.StartsWith(run, StringComparison.Ordinal) == true).Select(item => item.Text("expenseId")!).Order(StringComparer.Ordinal));
    }

    // Kills processes of the function that have an event: the first at once, others when they have begun to store, others again not at all.
    private async Task<int> KillingAsync(LocalEnvironment environment, string function, Func<Task<long>> stored, Func<Task> work)
    {
        int taken = 0;
        int kills = 0;
        List<Task> later = [];
        using CancellationTokenSource done = new();
        shared.Taken = (name, process) =>
        {
            lock (later)
            {
                int turn = name == function && kills < MostKills ? taken++ % 3 : -1;
                if (turn == 0)
                {
                    kills += TryKill(process) ? 1 : 0;
                }
                else if (turn == 1)
                {
                    later.Add(KillOnceItStoresAsync(process));
                }
            }
        };
        try
        {
            await work();
        }
        finally
        {
            shared.Taken = null;
            await done.CancelAsync();
        }

        await Task.WhenAll(later);
        return kills;

        async Task KillOnceItStoresAsync(int process)
        {
            for (long before = await stored(); await stored() == before;)
            {
                if (done.IsCancellationRequested || !environment.ProcessesOf(function).Contains(process))
                {
                    return;
                }
            }

            _ = TryKill(process);
        }
    }

    private static async Task<long> CountAsync(LocalEnvironment environment, string table) => (await Items.OfAsync(environment, table)).Count;

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
