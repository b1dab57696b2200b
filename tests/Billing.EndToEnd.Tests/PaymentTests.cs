using System.Globalization;
using System.Text;
using System.Text.Json;
using Amazon.S3.Model;

namespace Billing.EndToEnd.Tests;

/// <summary>System 4: payments on request.</summary>
public sealed class PaymentTests(SharedEnvironment shared)
{
    private const string Table = "billing-local-payments";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"count":3}""", 3)]
    [InlineData("{}", 1)]
    [InlineData("""{"count":250}""", 250)]
    public async Task A_count_makes_that_many_payments(string payload, int count)
    {
        LocalEnvironment environment = await shared.GetAsync();
        JsonElement reply = await MakeAsync(environment, payload, Guid.NewGuid().ToString());
        Assert.Equal(Table, reply.GetProperty("table").GetString());
        Assert.Equal(count, reply.GetProperty("count").GetInt32());
        HashSet<string> ids = [.. reply.GetProperty("payment_ids").EnumerateArray().Select(id => id.GetString()!)];
        Assert.Equal(count, ids.Count);
        Dictionary<string, AttributeItem> stored = (await Items.OfAsync(environment, Table))
            .Where(item => ids.Contains(item.Text("payment_id")!))
            .ToDictionary(item => item.Text("payment_id")!, item => new AttributeItem(item.Text("created_at")!, decimal.Parse(item.Text("amount")!, CultureInfo.InvariantCulture), item.Text("currency")!, item.Text("status")!, item.Text("source")!));
        Assert.Equal(count, stored.Count);
        Assert.All(stored, payment =>
        {
            Assert.True(Guid.TryParse(payment.Key, out _));
            Assert.True(DateTimeOffset.TryParse(payment.Value.CreatedAt, CultureInfo.InvariantCulture, DateTimeStyles.None, out _));
            Assert.InRange(payment.Value.Amount, 1.00m, 500.00m);
            Assert.Contains(payment.Value.Currency, (string[])["EUR", "GBP", "USD"]);
            Assert.Contains(payment.Value.Status, (string[])["AUTHORIZED", "CAPTURED", "DECLINED"]);
            Assert.Contains(payment.Value.Source, (string[])["CARD", "WALLET", "BANK_TRANSFER"]);
        });
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("\"3\"")]
    [InlineData("2.5")]
    [InlineData("10001")]
    public async Task A_count_that_is_none_is_an_error_that_says_so_and_makes_nothing(string count)
    {
        LocalEnvironment environment = await shared.GetAsync();
        _ = await MakeAsync(environment, "{}", Guid.NewGuid().ToString());
        int before = (await Items.OfAsync(environment, Table)).Count;
        InvocationResult result = await environment.InvokeAsync("payments", Encoding.UTF8.GetBytes($$"""{"count":{{count}}}"""), null, Token);
        Assert.False(result.Succeeded);
        Assert.Contains("count", result.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(before, (await Items.OfAsync(environment, Table)).Count);
    }

    [Fact]
    public async Task The_same_request_twice_makes_the_same_payments_once_and_archives_them()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string request = Guid.NewGuid().ToString();
        JsonElement first = await MakeAsync(environment, """{"count":20}""", request);
        int before = (await Items.OfAsync(environment, Table)).Count;
        JsonElement second = await MakeAsync(environment, """{"count":20}""", request);
        Assert.Equal(first.GetProperty("payment_ids").GetRawText(), second.GetProperty("payment_ids").GetRawText());
        Assert.Equal(before, (await Items.OfAsync(environment, Table)).Count);
        ListObjectsV2Response archive = await environment.Client.Aws.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = "payment-events", Prefix = "payments/" }, Token);
        _ = Assert.Single(archive.S3Objects, stored => stored.Key.Contains(request, StringComparison.Ordinal));
    }

    private static async Task<JsonElement> MakeAsync(LocalEnvironment environment, string payload, string request)
    {
        InvocationResult result = await environment.InvokeAsync("payments", Encoding.UTF8.GetBytes(payload), request, Token);
        Assert.True(result.Succeeded, result.ToString());
        return JsonDocument.Parse(result.Payload).RootElement;
    }

    private sealed record AttributeItem(string CreatedAt, decimal Amount, string Currency, string Status, string Source);
}
