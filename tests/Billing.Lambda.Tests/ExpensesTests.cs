using System.Text.Json;
using Amazon.DynamoDBv2;
using Billing.LambdaEvents;
using Billing.Sinks.Dynamo;

namespace Billing.Lambda.Tests;

/// <summary>What reads the expenses: the API, the report, the backup, the alerts that are left.</summary>
public sealed class ExpensesTests(Emulators emulators)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Expenses_are_listed_summed_reported_and_backed_up()
    {
        string secret = Emulators.NewName("db");
        string database = emulators.NewDatabase(secret);
        Dictionary<string, string?> variables = emulators.Environments(
            ("EXPENSES_TABLE", Emulators.NewName("Expenses")), ("ALERT_TOPIC_ARN", Emulators.Topic), ("REPORT_BUCKET", "reports"), ("BILLING_TIME_ZONE", "Pacific/Auckland"), ("DB_SECRET_NAME", secret));
        string month = $"20{Random.Shared.Next(30, 99)}-06";
        await using (RunningFunction log = await RunningFunction.StartAsync("log-expense", variables))
        {
            // In Auckland the month begins 12 hours before UTC's.
            foreach (string expense in (string[])
            [
                $$"""{"description":"before","amount":1,"date":"{{month}}-01T00:59:59+13:00","category":"travel"}""",
                $$"""{"description":"=first()","amount":2.50,"date":"{{month}}-01T00:00:00+12:00","category":"travel"}""",
                $$"""{"description":"last","amount":3,"currency":"CAD","date":"{{month}}-30T11:59:59.5Z"}""",
                $$"""{"description":"after","amount":4,"date":"{{month}}-30T12:00:00Z"}""",
            ])
            {
                Assert.Equal(200, Events.Answer(await log.SucceedAsync(Events.Http("POST", "/logexpense", expense))).Response.StatusCode);
            }
        }

        await using RunningFunction report = await RunningFunction.StartAsync("monthly-report", variables);
        string first = (await report.SucceedAsync($$"""{"month":"{{month}}"}""")).Text;
        Assert.Contains("\"expenses\":2", first, StringComparison.Ordinal);
        Assert.Equal(first, (await report.SucceedAsync($$"""{"id":"e","detail-type":"Scheduled Event","source":"aws.events","detail":{},"time":"{{month[..5]}}07-01T00:00:00Z"}""")).Text);
        Assert.Contains("2025-06", (await report.InvokeAsync("""{"month":"June"}""")).ErrorMessage, StringComparison.Ordinal);

        await using RunningFunction api = await RunningFunction.StartAsync("expenses-api", variables);
        (HttpApiResponse csv, _) = (HttpApiResponse.Parse((await api.SucceedAsync(Events.Http("GET", "/reports/" + month))).Payload.Span), 0);
        string[] lines = csv.Body.Split("\r\n");
        Assert.StartsWith("Expense ID,Amount,Date,Description", lines[0], StringComparison.Ordinal);
        Assert.Contains($",2.50,{month}-01,", lines[1], StringComparison.Ordinal);
        Assert.Contains("'=first()", lines[1], StringComparison.Ordinal);
        Assert.Contains($",3,{month}-30,last,CAD,2.25,USD", lines[2], StringComparison.Ordinal);
        Assert.Equal("text/csv; charset=utf-8", csv.Headers["content-type"]);
        Assert.Equal(404, Events.Answer(await api.SucceedAsync(Events.Http("GET", "/reports/1999-01"))).Response.StatusCode);

        JsonElement page = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["limit"] = "3" }))).Body;
        Assert.Equal(3, page.GetProperty("items").GetArrayLength());
        JsonElement rest = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["limit"] = "3", ["next"] = page.GetProperty("next").GetString()! }))).Body;
        Assert.Equal(["=first()", "after", "before", "last"], page.GetProperty("items").EnumerateArray().Concat(rest.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("description").GetString()!).Order(StringComparer.Ordinal));
        JsonElement travel = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["category"] = "travel", ["from"] = month + "-01" }))).Body;
        Assert.Equal(1, travel.GetProperty("items").GetArrayLength());
        JsonElement totals = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/totals", query: new() { ["by"] = "category" }))).Body.GetProperty("items");
        Assert.Equal([("", 2, 6.25m), ("travel", 2, 3.50m)], totals.EnumerateArray().Select(row => (row.GetProperty("group").GetString()!, row.GetProperty("count").GetInt32(), row.GetProperty("reporting").GetProperty("USD").GetDecimal())));

        // The month is the same for the totals, the report and the backup.
        JsonElement months = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/totals"))).Body.GetProperty("items");
        Assert.Equal([($"{month[..5]}05", 1), (month, 2), ($"{month[..5]}07", 1)], months.EnumerateArray().Select(row => (row.GetProperty("group").GetString()!, row.GetProperty("count").GetInt32())));
        JsonElement june = Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["from"] = month + "-01", ["to"] = month + "-30" }))).Body.GetProperty("items");
        Assert.Equal(["=first()", "last"], june.EnumerateArray().Select(item => item.GetProperty("description").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(400, Events.Answer(await api.SucceedAsync(Events.Http("GET", "/totals", query: new() { ["by"] = "mood" }))).Response.StatusCode);
        Assert.Equal(400, Events.Answer(await api.SucceedAsync(Events.Http("GET", "/expenses", query: new() { ["from"] = "June" }))).Response.StatusCode);

        await using RunningFunction backup = await RunningFunction.StartAsync("backup", variables);
        Assert.Equal("""{"records":4,"deleted":0,"resumed":false}""", (await backup.SucceedAsync("{}")).Text);
        Assert.Equal("after,before,last,=first()", SharedMySql.Instance.Scalar("SELECT GROUP_CONCAT(description ORDER BY description = '=first()', description) FROM expenses", database));
        Assert.Equal("2", SharedMySql.Instance.Scalar($"SELECT COUNT(*) FROM expenses WHERE date BETWEEN '{month}-01' AND '{month}-30'", database));
    }

    [Fact]
    public async Task An_alert_that_is_left_is_sent_once_and_one_that_cannot_be_sent_is_an_error()
    {
        string table = Emulators.NewName("Expenses");
        string name = Emulators.NewName("Hotel");
        using AmazonDynamoDBClient client = DynamoDbServer.Shared.NewClient();
        using DynamoSink ledger = new(client, new DynamoSinkOptions { TableName = table, CreateTables = true, Layout = new() { HashKey = DynamoField.Text("expenseId", record => record.SourceId) } });
        await ledger.WriteAsync([Some.Record("1", description: name, sourceId: "1", alerts: ["over 500"])], Cancellation);
        await using (RunningFunction alerts = await RunningFunction.StartAsync("alerts", emulators.Environments(("EXPENSES_TABLE", table), ("ALERT_TOPIC_ARN", Emulators.Topic))))
        {
            Assert.Equal("""{"sent":1}""", (await alerts.SucceedAsync("{}")).Text);
            Assert.Equal("""{"sent":0}""", (await alerts.SucceedAsync("{}")).Text);
        }

        Assert.Single(await emulators.ReceiveAlertsAsync(envelope => envelope.GetProperty("Message").GetString()!.Contains(name, StringComparison.Ordinal), 1));
        await ledger.WriteAsync([Some.Record("2", description: name, sourceId: "2", alerts: ["over 500"])], Cancellation);
        await using RunningFunction failing = await RunningFunction.StartAsync("alerts", emulators.Environments(("EXPENSES_TABLE", table), ("ALERT_TOPIC_ARN", "arn:aws:sns:us-east-1:000000000000:nowhere")));
        InvocationResult result = await failing.InvokeAsync("{}");
        Assert.Contains("1 alerts could not be sent", result.ErrorMessage, StringComparison.Ordinal);
    }
}
