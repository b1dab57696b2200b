using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Billing.Sinks.Dynamo;

namespace Billing.EndToEnd.Tests;

/// <summary>System 5: expenses over HTTP, their alerts, report and backup.</summary>
public sealed class ExpenseTests(SharedEnvironment shared) : IDisposable
{
    private const string Table = "Expenses";

    private readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"amount":10}""")]
    [InlineData("""{"description":"","amount":10}""")]
    [InlineData("""{"description":"   ","amount":10}""")]
    [InlineData("""{"description":"Lunch"}""")]
    [InlineData("""{"description":"Lunch","amount":"ten"}""")]
    [InlineData("""{"description":"Lunch","amount":0}""")]
    [InlineData("""{"description":"Lunch","amount":-5}""")]
    [InlineData("""{"description":"Lunch","amount":null}""")]
    [InlineData("""{"description":"Lunch","amount":10,"currency":"XXY"}""")]
    [InlineData("""{"description":"Lunch","amount":10,"date":"31/12/2025"}""")]
    [InlineData("""not json""")]
    [InlineData("")]
    public async Task What_is_no_expense_is_refused_with_a_reason_that_browsers_may_read(string body)
    {
        LocalEnvironment environment = await shared.GetAsync();
        (HttpStatusCode status, JsonElement reply, string? origin) = await PostAsync(environment, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(string.IsNullOrWhiteSpace(reply.GetProperty("error").GetString()));
        Assert.Equal("*", origin);
    }

    [Fact]
    public async Task A_description_that_is_too_long_is_refused()
    {
        LocalEnvironment environment = await shared.GetAsync();
        (HttpStatusCode status, _, _) = await PostAsync(environment, $$"""{"description":"{{new string('a', 5_000)}}","amount":10}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
    }

    [Fact]
    public async Task Five_hundred_sends_no_alert_and_a_cent_more_sends_one()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string mark = Guid.NewGuid().ToString("N");
        await LogAsync(environment, $$"""{"description":"{{mark}} even","amount":500.00}""");
        string over = await LogAsync(environment, $$"""{"description":"{{mark}} over","amount":500.01}""");
        (string subject, string message) = Assert.Single(await AlertsAsync(environment, mark, 1));
        Assert.Equal("Expense Alert", subject);
        Assert.Contains(over, message, StringComparison.Ordinal);
        Assert.Empty(await AlertsAsync(environment, mark, 0));
    }

    [Fact]
    public async Task The_same_key_is_the_same_expense()
    {
        LocalEnvironment environment = await shared.GetAsync();
        string key = Guid.NewGuid().ToString();
        string body = $$"""{"description":"{{key}}","amount":12.50}""";
        string first = await LogAsync(environment, body, key);
        Assert.Equal(first, await LogAsync(environment, body, key));
        _ = Assert.Single(await Items.OfAsync(environment, Table), item => item.Text("description") == key);
        Assert.True(Guid.TryParse(first, out _));
    }

    [Fact]
    public async Task A_report_holds_the_month_of_its_time_zone_without_formulas_and_is_the_same_a_second_time()
    {
        LocalEnvironment environment = await shared.GetAsync();
        // June begins in Auckland, at UTC+12, while it is still May in UTC.
        foreach ((string instant, string description) in ((string, string)[])
        [
            ("2019-05-31T11:59:59Z", "the last of May"), ("2019-05-31T12:00:00Z", "the first of June"),
            ("2019-06-30T11:59:59Z", "the last of June"), ("2019-06-30T12:00:00Z", "the first of July"),
            ("2019-06-15T00:00:00Z", "=HYPERLINK(1)"), ("2019-06-15T00:00:01Z", "@SUM(1)"),
        ])
        {
            _ = await LogAsync(environment, $$"""{"description":"{{description}}","amount":1.00,"date":"{{instant}}"}""", instant);
        }

        string first = await ReportAsync(environment);
        foreach (string expected in (string[])["the first of June", "the last of June", "'=HYPERLINK(1)", "'@SUM(1)"])
        {
            Assert.Contains(expected, first, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("of May", first, StringComparison.Ordinal);
        Assert.DoesNotContain("of July", first, StringComparison.Ordinal);
        Assert.StartsWith("Expense ID,Amount,Date,Description", first.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(first, await ReportAsync(environment));
    }

    [Fact]
    public async Task A_backup_that_is_killed_is_resumed_and_carries_deletions_over()
    {
        const int count = 5_000;
        LocalEnvironment environment = await shared.GetAsync();
        _ = await LogAsync(environment, """{"description":"the first","amount":1}""");
        List<string> ids = await SeedAsync(environment, count);

        Task<InvocationResult> interrupted = environment.InvokeAsync("backup", "{}"u8.ToArray(), null, Token);
        _ = await Eventually.BecomesAsync(() => Task.FromResult(BackedUp(environment)), rows => rows > 0);
        foreach (int id in environment.ProcessesOf("backup"))
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(id);
            process.Kill();
        }

        Assert.Equal(InvocationResult.Exited, (await interrupted).ErrorType);
        Assert.InRange(BackedUp(environment), 1, count - 1);

        JsonElement resumed = await BackupAsync(environment);
        Assert.True(resumed.GetProperty("resumed").GetBoolean());
        Assert.Equal((await Items.OfAsync(environment, Table)).Count, BackedUp(environment));

        using Amazon.DynamoDBv2.AmazonDynamoDBClient client = environment.Client.NewDynamoDb();
        foreach (string id in ids.Take(25))
        {
            _ = await client.DeleteItemAsync(Table, new() { ["expenseId"] = new() { S = id } }, Token);
        }

        JsonElement last = await BackupAsync(environment);
        Assert.Equal(25, last.GetProperty("deleted").GetInt64());
        Assert.Equal((await Items.OfAsync(environment, Table)).Count, BackedUp(environment));
    }

    public void Dispose() => _http.Dispose();

    private static long BackedUp(LocalEnvironment environment)
    {
        try
        {
            return long.Parse(environment.Database!.Scalar("SELECT COUNT(*) FROM expenses", "billing")!, CultureInfo.InvariantCulture);
        }
        catch (System.Data.Common.DbException exception) when (exception.Message.Contains("doesn't exist", StringComparison.Ordinal))
        {
            // The function has not made its tables yet.
            return 0;
        }
    }

    private static async Task<JsonElement> BackupAsync(LocalEnvironment environment)
    {
        InvocationResult result = await environment.InvokeAsync("backup", "{}"u8.ToArray(), null, Token);
        Assert.True(result.Succeeded, result.ToString());
        return JsonDocument.Parse(result.Payload).RootElement;
    }

    // Copies of an expense under ids of their own: what a year of use leaves behind.
    private static async Task<List<string>> SeedAsync(LocalEnvironment environment, int count)
    {
        using Amazon.DynamoDBv2.AmazonDynamoDBClient client = environment.Client.NewDynamoDb();
        using DynamoSink ledger = new(client, new DynamoSinkOptions
        {
            TableName = Table,
            Layout = new DynamoItemLayout
            {
                HashKey = DynamoField.Text("expenseId", record => record.SourceId),
                Attributes = [DynamoField.Number("amount", record => record.Amount.Amount), DynamoField.Text("description", record => record.Description)],
            },
        });
        List<BillingRecord> records = [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString()).Select(id => Some.Record(key: id, sourceId: id, amount: 2.50m, party: null))];
        foreach (BillingRecord[] chunk in records.Chunk(500))
        {
            Assert.All(await ledger.WriteAsync(chunk, Token), outcome => Assert.Equal(WriteOutcome.Stored, outcome));
        }

        return [.. records.Select(record => record.SourceId!)];
    }

    private async Task<string> ReportAsync(LocalEnvironment environment)
    {
        InvocationResult result = await environment.InvokeAsync("monthly-report", """{"month":"2019-06"}"""u8.ToArray(), null, Token);
        Assert.True(result.Succeeded, result.ToString());
        using Amazon.S3.Model.GetObjectResponse stored = await environment.Client.Aws.S3.GetObjectAsync("expense-reports", "2019-06-expense-report.csv", Token);
        using StreamReader reader = new(stored.ResponseStream);
        string report = await reader.ReadToEndAsync(Token);

        // The page downloads the same.
        Assert.Equal(report.TrimStart('\uFEFF'), (await _http.GetStringAsync(new Uri(environment.State.ExpensesApi, "/reports/2019-06"), Token)).TrimStart('\uFEFF'));
        return report;
    }

    private static async Task<List<(string Subject, string Message)>> AlertsAsync(LocalEnvironment environment, string mark, int count)
    {
        List<(string, string)> found = [];
        for (int look = 0; look < (count == 0 ? 2 : 30) && (count == 0 || found.Count < count); look++)
        {
            found.AddRange((await environment.Client.TakeAlertsAsync(TimeSpan.FromSeconds(1), Token)).Where(alert => alert.Message.Contains(mark, StringComparison.Ordinal)));
        }

        return found;
    }

    private async Task<string> LogAsync(LocalEnvironment environment, string body, string? key = null)
    {
        (HttpStatusCode status, JsonElement reply, _) = await PostAsync(environment, body, key);
        Assert.Equal(HttpStatusCode.OK, status);
        return reply.GetProperty("expenseId").GetString()!;
    }

    private async Task<(HttpStatusCode Status, JsonElement Reply, string? Origin)> PostAsync(LocalEnvironment environment, string body, string? key = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(environment.State.ExpensesApi, "/logexpense")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", "https://books.example.com");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using HttpResponseMessage response = await _http.SendAsync(request, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement, response.Headers.TryGetValues("Access-Control-Allow-Origin", out IEnumerable<string>? origins) ? origins.Single() : null);
    }
}
