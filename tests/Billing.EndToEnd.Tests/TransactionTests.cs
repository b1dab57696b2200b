using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Billing.Aws;
using Billing.Generators;

namespace Billing.EndToEnd.Tests;

/// <summary>System 3: transactions of a queue in their table.</summary>
public sealed class TransactionTests(SharedEnvironment shared)
{
    private const string Queue = "FinancialTransactionQueue";
    private const string Table = "RealTimeTransactions";
    private const string Ledger = "RealTimeTransactions-billing";

    private static readonly HttpClient s_http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_with_poison_repetitions_and_conflicts_are_each_in_the_table_once()
    {
        const int count = 10_000;
        LocalEnvironment environment = await shared.GetAsync();
        int newsBefore = shared.Events.Count;
        string[] messages = [.. new TransactionGenerator(31, new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero), new TransactionMix(Dirt: 5, Redelivered: 5, Conflicting: 2)).Generate(count)];
        Assert.Equal(count + (count * 7 / 100), messages.Length);
        SqsSendReport sent = await new SqsProducer(environment.Client.Queue(Queue)).SendAsync(Outgoing(messages), cancellationToken: Token);
        Assert.Empty(sent.Unsent);
        await Eventually.DrainedAsync(environment, Queue);

        // Of one id only the first to arrive is stored; a queue promises no order, so either may be.
        Dictionary<string, HashSet<decimal>> expected = [];
        foreach ((string id, decimal amount) in messages.Select(Good).OfType<(string, decimal)>())
        {
            _ = (expected.TryGetValue(id, out HashSet<decimal>? amounts) ? amounts : expected[id] = []).Add(amount);
        }

        Dictionary<string, Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue>> stored = (await Items.OfAsync(environment, Table))
            .Where(item => expected.ContainsKey(item.Text("transaction_id")!))
            .ToDictionary(item => item.Text("transaction_id")!);
        Assert.Equal(count * 95 / 100, expected.Count);
        Assert.Equal(expected.Count, stored.Count);
        foreach ((string id, HashSet<decimal> amounts) in expected)
        {
            decimal amount = decimal.Parse(stored[id].Text("amount")!, CultureInfo.InvariantCulture);
            Assert.Contains(amount, amounts);
            Assert.Equal(amount >= 1000m ? "high_value" : amount >= 100m ? "medium_value" : "standard", stored[id].Text("transaction_category"));
            Assert.True(DateTimeOffset.TryParse(stored[id].Text("processed_at_utc"), CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset processed) && processed.Offset == TimeSpan.Zero);
        }

        ILookup<string?, string?> quarantine = (await Items.OfAsync(environment, Ledger)).Where(item => item.Text("month") == "quarantine").ToLookup(item => item.Text("reason"), item => item.Text("key"));
        Assert.Equal(count * 5 / 100, quarantine.Where(reason => reason.Key != "conflict").Sum(reason => reason.Count()));

        // Everything was durable at the first delivery: no reply named a message.
        string[] again = [.. shared.Events.Skip(newsBefore).Where(news => news.Source == Queue && !news.Text.Contains(" 0 to be delivered again", StringComparison.Ordinal)).Select(news => news.Text)];
        Assert.Empty(again);
        Assert.Equal(0, (await environment.Client.DeadLettersOf(Queue).GetCountsAsync(Token)).Waiting);
    }

    [Fact]
    public async Task The_time_without_an_offset_is_UTC_and_further_members_are_kept()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string id = $"txn-{Guid.NewGuid():N}";
        await environment.Client.SendAsync(Queue, $$"""{"transaction_id":"{{id}}","user_id":"u1","amount":100.00,"currency":"USD","transaction_timestamp_utc":"2025-06-01T23:30:00","merchant":"Lidl","till":7}""", Token);
        Dictionary<string, Amazon.DynamoDBv2.Model.AttributeValue> item = (await Eventually.BecomesAsync(
            async () => (await Items.OfAsync(environment, Table)).Find(item => item.Text("transaction_id") == id), item => item is not null))!;
        Assert.Equal("medium_value", item.Text("transaction_category"));
        Assert.StartsWith("2025-06-01T23:30:00", item.Text("timestamp"), StringComparison.Ordinal);
        Assert.Contains("till", JsonSerializer.Serialize(item), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Totals_by_category_merchant_and_minute_are_those_of_what_was_sent()
    {
        LocalEnvironment environment = await shared.GetAsync();

        // Days that no other test uses. The offset of the last takes it into the minute of the first.
        (string Amount, string Currency, string Merchant, string Time)[] sent =
        [
            ("0.10", "USD", "Lidl", "2031-03-01T09:59:01Z"),
            ("0.20", "USD", "Lidl", "2031-03-01T09:59:59.999Z"),
            ("999.99", "USD", "Coop", "2031-03-01T10:00:00Z"),
            ("1000.00", "EUR", "Coop", "2031-03-01T12:59:30+03:00"),
        ];
        string run = Guid.NewGuid().ToString("N");
        foreach ((int i, (string amount, string currency, string merchant, string time)) in sent.Index())
        {
            await environment.Client.SendAsync(Queue, $$"""{"transaction_id":"{{run}}-{{i}}","user_id":"{{run}}","amount":{{amount}},"currency":"{{currency}}","timestamp":"{{time}}","merchant":"{{merchant}}"}""", Token);
        }

        await Eventually.BecomesAsync(async () => await TotalsAsync(environment, "category"), totals => totals.GetProperty("total").GetProperty("count").GetInt64() == sent.Length);
        Assert.Equal("high_value 1 {\"EUR\":1000} {\"USD\":1100}; medium_value 1 {\"USD\":999.99} {\"USD\":999.99}; standard 2 {\"USD\":0.3} {\"USD\":0.3}", Lines(await TotalsAsync(environment, "category")));
        Assert.Equal("Coop 2 {\"EUR\":1000,\"USD\":999.99} {\"USD\":2099.99}; Lidl 2 {\"USD\":0.3} {\"USD\":0.3}", Lines(await TotalsAsync(environment, "merchant")));
        Assert.Equal(
            "2031-03-01T09:59Z 3 {\"EUR\":1000,\"USD\":0.3} {\"USD\":1100.3}; 2031-03-01T10:00Z 1 {\"USD\":999.99} {\"USD\":999.99}",
            Lines(await TotalsAsync(environment, "minute")));

        using HttpResponseMessage wrong = await s_http.GetAsync(new Uri(environment.State.TransactionsApi, "/totals?by=week"), Token);
        Assert.Equal((HttpStatusCode.BadRequest, "*"), (wrong.StatusCode, wrong.Headers.GetValues("access-control-allow-origin").Single()));
        Assert.Contains("minute", await wrong.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using JsonDocument list = JsonDocument.Parse(await s_http.GetStringAsync(new Uri(environment.State.TransactionsApi, $"/transactions?from=2031-03-01&to=2031-03-01&text={run}&limit=3"), Token));
        Assert.Equal(3, list.RootElement.GetProperty("items").GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, list.RootElement.GetProperty("next").ValueKind);
    }

    private static async Task<JsonElement> TotalsAsync(LocalEnvironment environment, string by)
    {
        using JsonDocument totals = JsonDocument.Parse(await s_http.GetStringAsync(new Uri(environment.State.TransactionsApi, $"/totals?by={by}&from=2031-03-01&to=2031-03-01"), Token));
        return totals.RootElement.Clone();
    }

    private static string Lines(JsonElement totals) =>
        string.Join("; ", totals.GetProperty("items").EnumerateArray().Select(row => $"{row.GetProperty("group").GetString()} {row.GetProperty("count")} {row.GetProperty("billed").GetRawText()} {row.GetProperty("reporting").GetRawText()}"));

    private static async IAsyncEnumerable<SqsOutgoingMessage> Outgoing(IEnumerable<string> messages)
    {
        foreach (string message in messages)
        {
            yield return new SqsOutgoingMessage(message);
        }

        await Task.CompletedTask;
    }

    private static (string Id, decimal Amount)? Good(string message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(message));
            return document.RootElement.TryGetProperty("transaction_id", out JsonElement id) && document.RootElement.GetProperty("amount") is { ValueKind: JsonValueKind.Number } amount
                ? (id.GetString()!, amount.GetDecimal())
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
