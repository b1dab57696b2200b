using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.Aws;

namespace Billing.Lambda.Tests;

public sealed class PaymentsTests(Emulators emulators)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_are_made_or_refused_with_the_reason()
    {
        string table = Emulators.NewName("demo-dev-payments");
        await using RunningFunction function = await RunningFunction.StartAsync("payments", emulators.Environments(("PAYMENTS_TABLE", table)));
        foreach ((string json, int count) in ((string, int)[])[("""{"count":3}""", 3), ("{}", 1), ("""{"count":40}""", 40)])
        {
            using JsonDocument reply = JsonDocument.Parse((await function.SucceedAsync(json)).Payload);
            Assert.Equal((count, table, count), (reply.RootElement.GetProperty("count").GetInt32(), reply.RootElement.GetProperty("table").GetString(), reply.RootElement.GetProperty("payment_ids").GetArrayLength()));
            Assert.All(reply.RootElement.GetProperty("payment_ids").EnumerateArray(), id => Assert.True(Guid.TryParseExact(id.GetString(), "D", out _)));
            Assert.NotEmpty(reply.RootElement.GetProperty("message").GetString()!);
        }

        foreach (string count in (string[])["0", "-1", "\"3\"", "2.5", "10001", "null", "1e400"])
        {
            InvocationResult refused = await function.InvokeAsync($$"""{"count":{{count}}}""");
            Assert.False(refused.Succeeded);
            Assert.Contains("Use a whole number from 1 to 10000", refused.ErrorMessage, StringComparison.Ordinal);
        }

        Assert.False((await function.InvokeAsync("[]")).Succeeded);
        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        List<Dictionary<string, AttributeValue>> items = (await client.ScanAsync(new ScanRequest(table), Cancellation)).Items;
        Assert.Equal(44, items.Count);
        Assert.All(items, item =>
        {
            Assert.Contains(item["currency"].S, (string[])["EUR", "GBP", "USD"]);
            Assert.Contains(item["status"].S, (string[])["AUTHORIZED", "CAPTURED", "DECLINED"]);
            Assert.Contains(item["source"].S, (string[])["CARD", "WALLET", "BANK_TRANSFER"]);
            Assert.InRange(decimal.Parse(item["amount"].N, System.Globalization.CultureInfo.InvariantCulture), 1.00m, 500.00m);
        });
    }

    [Fact]
    public async Task The_same_request_makes_the_same_payments_in_another_process_too()
    {
        string table = Emulators.NewName("demo-dev-payments");
        string request = Guid.NewGuid().ToString();
        await using RunningFunction function = await RunningFunction.StartAsync("payments", emulators.Environments(("PAYMENTS_TABLE", table), ("EVENTS_BUCKET", "archive")));
        string first = (await function.SucceedAsync("""{"count":25}""", request)).Text;
        function.Kill();
        await function.RestartAsync();
        Assert.Equal(first, (await function.SucceedAsync("""{"count":25}""", request)).Text);

        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        Assert.Equal(25, (await client.ScanAsync(new ScanRequest(table), Cancellation)).Count);
        DateTime today = DateTime.UtcNow;
        Stream archived = await new S3Bucket(emulators.S3, "archive").Source(FormattableString.Invariant($"payments/{today:yyyy/MM/dd}/{request}.jsonl")).OpenAsync(Cancellation);
        using StreamReader reader = new(archived);
        Assert.Equal(25, (await reader.ReadToEndAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
