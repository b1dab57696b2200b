using System.Text.Json;
using Billing.Web.Contracts;

namespace Billing.Web.Tests;

/// <summary>The routes of systems 2 and 5 answer as the functions do; tests of the functions guard their bytes.</summary>
public sealed class FunctionRouteTests
{
    [Fact]
    public async Task An_expense_is_logged_once_listed_and_summed_and_can_be_edited_on_the_page()
    {
        await using WebHost host = new();
        HttpClient client = host.CreateClient();
        string first = await Text(client, HttpMethod.Post, "/logexpense", """{"description":"Taxi","amount":12.5,"currency":"EUR","date":"2025-06-17"}""", ("Idempotency-Key", "k"));
        Assert.Matches("""^\{"message":"Expense logged successfully","expenseId":"[0-9a-f-]{36}"\}$""", first);
        Assert.Equal(first, await Text(client, HttpMethod.Post, "/logexpense", """{"description":"Taxi","amount":12.5,"currency":"EUR","date":"2025-06-17"}""", ("Idempotency-Key", "k")));

        // Without a date it is of the moment, also when the request is sent again later.
        string now = await Text(client, HttpMethod.Post, "/logexpense", """{"description":"Now","amount":1,"category":"own"}""", ("Idempotency-Key", "n"));
        Assert.Equal(now, await Text(client, HttpMethod.Post, "/logexpense", """{"description":"Now","amount":1,"category":"own"}""", ("Idempotency-Key", "n")));
        using JsonDocument list = JsonDocument.Parse(await Text(client, HttpMethod.Get, "/expenses?to=2025-12-31"));
        JsonElement item = list.RootElement.GetProperty("items")[0];
        Assert.Equal(("12.5", "13.75", "EUR", "2025-06-17"), (item.GetProperty("amount").GetRawText(), item.GetProperty("amountUsd").GetRawText(), item.GetProperty("currency").GetString(), item.GetProperty("date").GetString()));
        Assert.Contains("""{"group":"own","count":1""", await Text(client, HttpMethod.Get, "/totals?by=category"), StringComparison.Ordinal);
        Assert.Equal("""{"error":"'amount' is missing. Send a number such as 12.50."}""", await Text(client, HttpMethod.Post, "/logexpense", """{"description":"x"}"""));
        Assert.Equal("""{"items":[],"next":null}""", await Text(client, HttpMethod.Get, "/receipts"));

        RecordReply record = (await WebHost.GetAsync<RecordList>(host.Page(), "/api/records?text=Taxi")).Items[0];
        Assert.True(record.IsEditable);
        RecordReply edited = await WebHost.SendAsync<RecordReply>(host.Page(), HttpMethod.Put, $"/api/expenses/{record.Record.Key}", WebHost.Lunch with { Description = "Taxi home" }, 200, ("If-Match", $"\"{record.Version}\""));
        Assert.Equal("Taxi home", edited.Record.Description);
        await ExpenseTests.Sound(host);
    }

    private static async Task<string> Text(HttpClient client, HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await WebHost.AskAsync(client, method, path, body, headers);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        return await response.Content.ReadAsStringAsync(WebHost.Cancellation);
    }
}
