using System.Net;
using System.Text;
using System.Text.Json;

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

    public void Dispose() => _http.Dispose();

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
