using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Aws;

namespace Billing.EndToEnd.Tests;

/// <summary>What happens while a store or a topic is down, and after: in an environment of their own.</summary>
public sealed class OutageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_store_is_down_messages_go_to_the_dead_letters_after_their_receives_and_a_redrive_completes_them()
    {
        const string queue = "ReceiptQueue";
        await using LocalEnvironment environment = await LocalEnvironment.StartAsync(
            new LocalOptions { FunctionsFolder = NativeFunctions.Folder, UsesDatabase = false, TablesInMemory = false, BatchWindow = TimeSpan.Zero, MaxReceives = 2, RetryAfter = TimeSpan.FromSeconds(1), FunctionTimeout = TimeSpan.FromSeconds(6) }, Token);
        await UploadAsync(environment, "before");
        _ = await Eventually.BecomesAsync(() => ReceiptsAsync(environment), ids => ids.Contains(IdOf("before")));

        environment.DynamoDb.Kill();
        await UploadAsync(environment, "during");
        _ = await Eventually.BecomesAsync(() => environment.Client.DeadLettersOf(queue).GetCountsAsync(Token), counts => counts.Waiting == 1);
        Assert.Equal(0, (await environment.Client.Queue(queue).GetCountsAsync(Token)).Waiting);

        environment.DynamoDb.Restart();
        Assert.DoesNotContain(IdOf("during"), await ReceiptsAsync(environment));
        Assert.Equal(1, await environment.Client.RedriveAsync(queue, Token));
        _ = await Eventually.BecomesAsync(() => ReceiptsAsync(environment), ids => ids.Contains(IdOf("during")));
        await Eventually.DrainedAsync(environment, queue);
        Assert.Equal(0, (await environment.Client.DeadLettersOf(queue).GetCountsAsync(Token)).Waiting);

        // The reply names exactly what is to come again.
        SqsEvent batch = new() { Messages = [.. ((string[])["a", "b"]).Select(id => new SqsMessage { MessageId = id, Body = Transaction(id), QueueArn = "arn:aws:sqs:us-east-1:000000000000:FinancialTransactionQueue" })] };
        Assert.Empty(SqsBatchResponse.Parse((await environment.InvokeAsync("transactions", batch.ToUtf8Bytes(), null, Token)).Payload.Span).Failures);
        environment.DynamoDb.Kill();
        SqsEvent during = new() { Messages = [.. ((string[])["c", "d"]).Select(id => new SqsMessage { MessageId = id, Body = Transaction(id), QueueArn = "arn:aws:sqs:us-east-1:000000000000:FinancialTransactionQueue" })] };
        InvocationResult result = await environment.InvokeAsync("transactions", during.ToUtf8Bytes(), null, Token);
        Assert.True(result.Succeeded, result.ToString());
        Assert.Equal(["c", "d"], SqsBatchResponse.Parse(result.Payload.Span).Failures.Select(failure => failure.MessageId));
        environment.DynamoDb.Restart();
    }

    [Fact]
    public async Task While_the_topic_is_down_expenses_are_stored_with_success_and_each_alert_is_sent_once_afterwards()
    {
        using Relay topic = new();
        LocalOptions options = new() { FunctionsFolder = NativeFunctions.Folder, UsesDatabase = false };
        options.Variables["AWS_ENDPOINT_URL_SNS"] = topic.Address.AbsoluteUri;
        await using LocalEnvironment environment = await LocalEnvironment.StartAsync(options, Token);
        using HttpClient http = new();
        await LogAsync("first");
        _ = await Eventually.BecomesAsync(() => Task.FromResult(topic.Refused), refused => refused > 0);
        Assert.Empty(await environment.Client.TakeAlertsAsync(TimeSpan.FromSeconds(1), Token));
        Assert.Equal("first", Assert.Single(await Items.OfAsync(environment, "Expenses")).Text("description"));

        topic.Target = environment.State.Storage;
        await LogAsync("second");
        List<string> alerts = [];
        _ = await Eventually.BecomesAsync(
            async () =>
            {
                alerts.AddRange((await environment.Client.TakeAlertsAsync(TimeSpan.FromSeconds(1), Token)).Select(alert => alert.Message));
                // What sends late alerts: a schedule, or the next expense.
                _ = await environment.Client.FireAsync("alerts", Token);
                return alerts.Count;
            },
            count => count >= 2);
        alerts.AddRange((await environment.Client.TakeAlertsAsync(TimeSpan.FromSeconds(2), Token)).Select(alert => alert.Message));
        Assert.Equal(2, alerts.Count);
        Assert.Contains(alerts, alert => alert.Contains("first", StringComparison.Ordinal));
        Assert.Contains(alerts, alert => alert.Contains("second", StringComparison.Ordinal));

        async Task LogAsync(string description)
        {
            using StringContent body = new($$"""{"description":"{{description}}","amount":900}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage response = await http.PostAsync(new Uri(environment.State.ExpensesApi, "/logexpense"), body, Token);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    private static string Transaction(string id) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["transaction_id"] = id, ["user_id"] = "u", ["amount"] = 1.5m, ["currency"] = "USD", ["timestamp"] = "2025-06-01T00:00:00Z", ["merchant"] = "m",
    });

    private static string IdOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task UploadAsync(LocalEnvironment environment, string text) =>
        _ = await environment.Client.UploadAsync("bille-receipts", text + ".txt", new MemoryStream(Encoding.UTF8.GetBytes(text)), Token);

    private static async Task<HashSet<string>> ReceiptsAsync(LocalEnvironment environment) =>
        [.. (await Items.OfAsync(environment, "BillE_Expenses")).Select(item => item.Text("ReceiptID")).OfType<string>()];
}
