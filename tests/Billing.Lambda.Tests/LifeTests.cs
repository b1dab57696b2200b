using System.Text;

namespace Billing.Lambda.Tests;

/// <summary>Ends of processes, deadlines and errors.</summary>
public sealed class LifeTests(Emulators emulators)
{
    private const string Header = "id,company_name,country,city,product_line,item,bill_date,currency,bill_amount\n";

    [Fact]
    public async Task An_error_has_type_and_message_and_the_next_event_is_handled()
    {
        await using RunningFunction function = await RunningFunction.StartAsync("transactions", emulators.Environments(("TRANSACTIONS_TABLE", Emulators.NewName("table"))));
        InvocationResult failed = await function.InvokeAsync("""{"no":"queue"}""");
        Assert.Equal("SourceFormatException", failed.ErrorType);
        Assert.Contains("SQS event", failed.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty(Events.Failures(await function.SucceedAsync("""{"Records":[]}""")));
        Assert.Contains(function.Output, line => line.Contains(failed.RequestId, StringComparison.Ordinal) && line.Contains("\"level\":\"ERROR\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_is_told_to_stop_ends_with_success()
    {
        await using RunningFunction function = await RunningFunction.StartAsync("transactions", emulators.Environments(("TRANSACTIONS_TABLE", Emulators.NewName("table"))));
        Assert.Equal(0, await function.TerminateAsync());
    }

    [Fact]
    public async Task Before_its_deadline_a_batch_that_is_not_done_is_returned_and_later_done_once()
    {
        (RunningFunction function, string database, string key) = await WithLargeFileAsync();
        await using (function)
        {
            using (PausedInsert.At(database, line: 2))
            {
                InvocationResult result = await function.InvokeAsync(Events.Sqs(Events.S3(key)), timeout: TimeSpan.FromSeconds(4));
                Assert.True(result.Succeeded, result.ToString());
                Assert.Equal(["m0"], Events.Failures(result));
                InvocationResult direct = await function.InvokeAsync(Events.S3(key), timeout: TimeSpan.FromSeconds(4));
                Assert.False(direct.Succeeded);
                Assert.Equal("TimeoutException", direct.ErrorType);
            }

            Assert.Empty(Events.Failures(await function.SucceedAsync(Events.Sqs(Events.S3(key)))));
            Assert.Equal("40000", SharedMySql.Instance.Scalar("SELECT COUNT(*) FROM billing_records", database));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20_000)]
    [InlineData(40_001)]
    public async Task A_process_killed_inside_an_invocation_leaves_work_that_redelivery_completes_once(int line)
    {
        (RunningFunction function, string database, string key) = await WithLargeFileAsync();
        await using (function)
        {
            string batch = Events.Sqs(Events.S3(key));
            using (PausedInsert paused = PausedInsert.At(database, line))
            {
                Task<InvocationResult> killed = function.InvokeAsync(batch);
                await paused.ReachedAsync(TestContext.Current.CancellationToken);
                function.Kill();
                Assert.False((await killed).Succeeded);
            }

            await function.RestartAsync();
            Assert.Empty(Events.Failures(await function.SucceedAsync(batch)));
            Assert.Equal("40000", SharedMySql.Instance.Scalar("SELECT COUNT(*) FROM billing_records", database));
            Assert.Empty(Events.Failures(await function.SucceedAsync(batch)));
            Assert.Equal("40000", SharedMySql.Instance.Scalar("SELECT COUNT(DISTINCT key_hash) FROM billing_records", database));
        }
    }

    private async Task<(RunningFunction Function, string Database, string Key)> WithLargeFileAsync()
    {
        string secret = Emulators.NewName("db");
        string database = emulators.NewDatabase(secret);
        string key = Emulators.NewName("large.csv");
        StringBuilder csv = new(Header);
        for (int i = 0; i < 40_000; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},Acme,US,Portland,Bakery,Bread,2025-06-17,USD,{i}.25\n");
        }

        await emulators.PutAsync(key, csv.ToString());
        return (await RunningFunction.StartAsync("billing-csv", emulators.Environments(("DB_SECRET_NAME", secret))), database, key);
    }
}
