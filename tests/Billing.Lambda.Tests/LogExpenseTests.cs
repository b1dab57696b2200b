using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Billing.LambdaEvents;

namespace Billing.Lambda.Tests;

public sealed class LogExpenseTests(Emulators emulators)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Variables(string table, params (string Name, string? Value)[] others) =>
        emulators.Environments([("EXPENSES_TABLE", table), ("ALERT_TOPIC_ARN", Emulators.Topic), .. others]);

    [Fact]
    public async Task What_is_wrong_is_answered_with_400_a_reason_and_the_headers_of_CORS()
    {
        await using RunningFunction function = await RunningFunction.StartAsync("log-expense", Variables(Emulators.NewName("Expenses"), ("CORS_ORIGIN", "https://bills.example")));
        (string? Body, string Says)[] wrong =
        [
            (null, "not JSON"),
            ("", "not JSON"),
            ("{", "not JSON"),
            ("[]", "object"),
            ("""{"amount":5}""", "'description' is missing"),
            ("""{"description":"  ","amount":5}""", "'description' is blank"),
            ("""{"description":7,"amount":5}""", "'description' must be text"),
            ("""{"description":"a"}""", "'amount' is missing"),
            ("""{"description":"a","amount":null}""", "'amount' is missing"),
            ("""{"description":"a","amount":""}""", "'amount' is blank"),
            ("""{"description":"a","amount":"abc"}""", "'amount' is not a number"),
            ("""{"description":"a","amount":"1,000"}""", "'amount' is not a number"),
            ("""{"description":"a","amount":true}""", "'amount' is not a number"),
            ("""{"description":"a","amount":[1]}""", "'amount' is not a number"),
            ("""{"description":"a","amount":"NaN"}""", "'amount' is not a number"),
            ("""{"description":"a","amount":1e99}""", "'amount' is not a number"),
            ("""{"description":"a","amount":0}""", "greater than zero"),
            ("""{"description":"a","amount":-5}""", "greater than zero"),
            ("""{"description":"a","amount":1000000000.01}""", "at most"),
            ("""{"description":"a","amount":1.001}""", "decimals"),
            ("""{"description":"a","amount":1.00000000000000000000000000000001}""", "decimals"),
            ("""{"description":"a","amount":1,"amount":2}""", "not JSON"),
            ("""{"description":"a","amount":5,"currency":"ABC"}""", "'currency'"),
            ("""{"description":"a","amount":5,"currency":"JPY"}""", "exchange rate"),
            ("""{"description":"a","amount":5,"date":"17/06/2025"}""", "'date'"),
            ("""{"description":"a","amount":5,"date":"2025-06-17T10:00:00"}""", "'date'"),
            ("""{"description":"a","amount":5,"date":"3/4/2025 10:00+02:00"}""", "'date'"),
            ("""{"description":"a","amount":5,"date":"3/4/2025 10:00Z"}""", "'date'"),
            ("""{"description":"a","amount":5,"date":"2025-06-17 10:00:00+02:00"}""", "'date'"),
            ("""{"description":"a","amount":5,"date":"17 June 2025 10:00:00Z"}""", "'date'"),
            ("""{"description":"a","amount":5,"date":"2025-02-30T10:00:00Z"}""", "'date'"),
            ($$"""{"description":"{{new string('x', 501)}}","amount":5}""", "501 characters"),
            ($$"""{"description":"a","amount":5,"note":"{{new string('x', 20_000)}}"}""", "bytes"),
        ];
        foreach ((string? body, string says) in wrong)
        {
            (HttpApiResponse response, JsonElement answer) = Events.Answer(await function.SucceedAsync(Events.Http("POST", "/logexpense", body)));
            Assert.True(response.StatusCode == 400, $"{body}: {response.StatusCode} {response.Body}");
            Assert.Contains(says, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.Equal("https://bills.example", response.Headers["access-control-allow-origin"]);
        }
    }

    [Fact]
    public async Task An_expense_is_stored_under_a_UUID_and_the_same_key_stores_it_once()
    {
        string table = Emulators.NewName("Expenses");
        await using RunningFunction function = await RunningFunction.StartAsync("log-expense", Variables(table));
        string request = Events.Http("POST", "/logexpense", """{"description":" Taxi ","amount":"12.50","category":"travel"}""", null, ("idempotency-key", "k-1"));
        (HttpApiResponse response, JsonElement first) = Events.Answer(await function.SucceedAsync(request));
        Assert.Equal(200, response.StatusCode);
        Assert.Equal("Expense logged successfully", first.GetProperty("message").GetString());
        string id = first.GetProperty("expenseId").GetString()!;
        Assert.True(Guid.TryParseExact(id, "D", out _));
        Assert.Equal(id, Events.Answer(await function.SucceedAsync(request)).Body.GetProperty("expenseId").GetString());
        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        int before = (await client.ScanAsync(new ScanRequest(table + "-billing"), Cancellation)).Items.Count;
        (HttpApiResponse refused, JsonElement why) = Events.Answer(await function.SucceedAsync(Events.Http("POST", "/logexpense", """{"description":"Taxi","amount":13}""", null, ("Idempotency-Key", "k-1"))));
        Assert.Equal(422, refused.StatusCode);
        Assert.Contains("Nothing was changed", why.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, (await client.ScanAsync(new ScanRequest(table + "-billing"), Cancellation)).Items.Count);
        string other = Events.Answer(await function.SucceedAsync(Events.Http("POST", "/logexpense", """{"description":"Taxi","amount":12.50}"""))).Body.GetProperty("expenseId").GetString()!;
        Assert.NotEqual(id, other);

        List<Dictionary<string, AttributeValue>> items = (await client.ScanAsync(new ScanRequest(table), Cancellation)).Items;
        Assert.Equal(new HashSet<string> { id, other }, items.Select(item => item["expenseId"].S).ToHashSet());
        Dictionary<string, AttributeValue> item = items.Single(item => item["expenseId"].S == id);
        Assert.Equal(("12.5", "USD", "Taxi", "travel"), (item["amount"].N, item["currency"].S, item["description"].S, item["category"].S));
        Assert.Equal(item["date"].S, item["timestamp"].S[..10]);
    }

    [Fact]
    public async Task More_than_500_dollars_alert_once_and_500_do_not()
    {
        await using RunningFunction function = await RunningFunction.StartAsync("log-expense", Variables(Emulators.NewName("Expenses")));
        string name = Emulators.NewName("Hotel");
        foreach (string amount in (string[])["500.00", "500.01", "500.01"])
        {
            await function.SucceedAsync(Events.Http("POST", "/logexpense", $$"""{"description":"{{name}} {{amount}}","amount":{{amount}},"date":"2025-06-17"}""", null, ("Idempotency-Key", name + amount)));
        }

        await function.SucceedAsync(Events.Http("POST", "/logexpense", $$"""{"description":"{{name}} 667.00","amount":667,"currency":"CAD","date":"2025-06-17"}"""));
        Assert.Equal(["Expense Alert", "Expense Alert"], await emulators.ReceiveAlertsAsync(envelope => envelope.GetProperty("Message").GetString()!.Contains(name, StringComparison.Ordinal), 2));
    }

    [Fact]
    public async Task Where_the_topic_cannot_be_reached_the_expense_is_stored_and_the_answer_is_success()
    {
        string table = Emulators.NewName("Expenses");
        await using RunningFunction function = await RunningFunction.StartAsync("log-expense", Variables(table, ("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:1")));
        Assert.Equal(200, Events.Answer(await function.SucceedAsync(Events.Http("POST", "/logexpense", """{"description":"Hotel","amount":900}"""))).Response.StatusCode);
        Assert.Equal(200, Events.Answer(await function.SucceedAsync(Events.Http("POST", "/logexpense", """{"description":"Hotel","amount":901}"""))).Response.StatusCode);
        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        Assert.Equal(2, (await client.ScanAsync(new ScanRequest(table), Cancellation)).Count);
    }
}
