using System.Net;
using Billing.Web.Client.Host;
using Billing.Web.Client.Systems;
using Bunit;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>The page with functions behind it.</summary>
public sealed class SystemsTests : PageContext
{
    private const string None = """{"items":[],"next":null}""";
    private const string NoTotals = """{"items":[],"total":{"count":0,"billed":{},"reporting":{}}}""";

    private static readonly PageSettings s_settings = new()
    {
        Expenses = new Uri("http://expenses.test/"),
        Receipts = new Uri("http://receipts.test/"),
        Transactions = new Uri("http://transactions.test/"),
        Currencies = ["USD", "EUR"],
    };

    [Fact]
    public void A_page_with_a_host_has_the_pages_of_the_host_and_one_with_functions_has_theirs()
    {
        Assert.True(new PageSettings().HasHost);
        Assert.True(new PageSettings().Offers("") && new PageSettings().Offers("app/rules") && !new PageSettings().Offers("app/logged"));
        Assert.False(s_settings.HasHost);
        Assert.True(s_settings.Offers("app/logged") && s_settings.Offers("app/import") && !s_settings.Offers("") && !s_settings.Offers("app/rules"));
    }

    [Fact]
    public async Task An_expense_is_sent_again_under_its_key_until_it_is_stored_and_the_next_one_has_another()
    {
        Services.AddSingleton(s_settings);
        IRenderedComponent<LogExpenseForm> form = Render<LogExpenseForm>();
        Host.Vanish("POST /logexpense");
        await FillAsync(form, "Taxi", "1,234.56");
        await form.Find("form").SubmitAsync();
        Assert.Contains("Nothing was lost", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Host.Answer("POST /logexpense", """{"error":"Another expense was logged under this Idempotency-Key."}""", HttpStatusCode.UnprocessableEntity);
        await form.Find("form").SubmitAsync();
        Assert.Contains("Another expense was logged", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Host.Answer("POST /logexpense", """{"message":"Expense logged successfully","expenseId":"1"}""");
        await form.Find("form").SubmitAsync();
        Assert.Empty(form.FindAll("[role=alert]"));
        await FillAsync(form, "Hotel", "3");
        await form.Find("form").SubmitAsync();
        Assert.Equal(4, Host.Asked.Count);
        string?[] keys = [.. Host.Asked.Select(asked => asked.Key)];
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(keys[0], keys[2]);
        Assert.NotEqual(keys[0], keys[3]);
        Assert.Contains("\"amount\":\"1234.56\"", Host.Asked[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.234")]
    [InlineData("1,2")]
    public async Task An_amount_that_is_none_is_not_sent(string typed)
    {
        Services.AddSingleton(s_settings);
        IRenderedComponent<LogExpenseForm> form = Render<LogExpenseForm>();
        await FillAsync(form, "Taxi", typed);
        await form.Find("form").SubmitAsync();
        Assert.NotEqual("", form.Find("#log-amount-fault").TextContent);
        Assert.Empty(Host.Asked);
    }

    [Fact]
    public void Sums_have_every_digit_that_the_APIs_send()
    {
        Services.AddSingleton(s_settings);
        Host.Answer("GET /totals", """{"items":[{"group":"2025-06-17T10:00Z","count":2,"billed":{"EUR":0.10},"reporting":{"USD":123456789012345678901234567890123.456}}],"total":{"count":2,"billed":{"EUR":0.10},"reporting":{"USD":123456789012345678901234567890123.456}}}""");
        IRenderedComponent<TransactionsPage> page = Render<TransactionsPage>();
        Assert.Contains("123,456,789,012,345,678,901,234,567,890,123.456", page.Find("tfoot").TextContent, StringComparison.Ordinal);
        Assert.Contains("0.10\u00a0EUR", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_is_not_shown_beside_totals_that_are_refused()
    {
        Services.AddSingleton(s_settings);
        Host.Answer("GET /expenses", """{"items":[{"expenseId":"1","amount":12.50,"currency":"USD","amountUsd":12.50,"date":"2025-06-17","description":"Taxi"}],"next":null}""");
        Host.Answer("GET /totals", """{"message":"Internal Server Error"}""", HttpStatusCode.InternalServerError);
        IRenderedComponent<LoggedPage> page = Render<LoggedPage>();
        Assert.Contains("Internal Server Error", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Taxi", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_callers_sign_in_nothing_is_asked_before_there_is_a_token_and_everything_with_it()
    {
        Services.AddSingleton(s_settings with { SignIn = "token" });
        Host.Answer("GET /expenses", None);
        Host.Answer("GET /totals", NoTotals);
        IRenderedComponent<LoggedPage> page = Render<LoggedPage>();
        Assert.Empty(Host.Asked);
        await page.Find("#access-token").ChangeAsync(" secret ");
        await page.Find("#access-token").Closest("form")!.SubmitAsync();
        Assert.Equal(["GET /expenses", "GET /totals"], Host.Asked.Select(asked => asked.Request));
        Assert.Equal("Bearer secret", Host.Authorization);
        Assert.Empty(page.FindAll("#access-token"));
    }

    private static async Task FillAsync(IRenderedComponent<LogExpenseForm> form, string description, string amount)
    {
        await form.Find("#log-description").InputAsync(description);
        await form.Find("#log-amount").InputAsync(amount);
    }
}
