using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Billing.Web.Client.Parts;
using Billing.Web.Contracts;
using Bunit;

namespace Billing.Web.Client.Tests;

public sealed class ExpenseFormTests : PageContext
{
    private static readonly BillingRecord s_record = Some.Record();

    [Fact]
    public async Task Messages_stand_beside_the_fields_and_nothing_is_sent()
    {
        await OpenAsync();
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("form").SubmitAsync();
        Assert.Contains("Say what it was for.", form.Find("#expense-description-fault").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", form.Find("#expense-amount").GetAttribute("aria-invalid"));
        Assert.Contains("expense-amount-fault", form.Find("#expense-amount").GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.DoesNotContain(Host.Asked, asked => asked.Request.StartsWith("POST", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("USD", "1,23", "This is not an amount.")]
    [InlineData("USD", "0.00", "The amount is zero.")]
    [InlineData("USD", "1.234", "USD has 2 decimals.")]
    [InlineData("JPY", "1.5", "JPY has no decimals.")]
    public async Task An_amount_that_is_none_is_refused_beside_its_field(string currency, string typed, string message)
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-currency").ChangeAsync(currency);
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync(typed);
        await form.Find("form").SubmitAsync();
        Assert.Contains(message, form.Find("#expense-amount-fault").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(Host.Asked, asked => asked.Request == "POST /api/expenses");
    }

    [Fact]
    public async Task A_form_that_is_sent_again_after_the_host_was_gone_has_the_same_key_and_the_next_one_another()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses");
        IRenderedComponent<ExpenseForm> form = await FilledAsync();
        await form.Find("form").SubmitAsync();
        Assert.Contains("Nothing was lost", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Taxi", form.Find("#expense-description").GetAttribute("value"));
        Assert.Contains("Taxi", Storage.Written("billing.draft.expense"), StringComparison.Ordinal);
        Host.Answer("POST /api/expenses", Reply("1"), HttpStatusCode.Created);
        await form.Find("form").SubmitAsync();
        await form.Find("#expense-description").InputAsync("Hotel");
        await form.Find("#expense-amount").InputAsync("3");
        await form.Find("form").SubmitAsync();
        string?[] keys = [.. Host.Asked.Where(asked => asked.Request == "POST /api/expenses").Select(asked => asked.Key)];
        Assert.Equal(3, keys.Length);
        Assert.Equal(keys[0], keys[1]);
        Assert.NotEqual(keys[1], keys[2]);
        Assert.Null(Storage.Written("billing.draft.expense"));
    }

    [Fact]
    public async Task A_draft_comes_back_with_its_key()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        Host.Answer("POST /api/expenses", Reply("1"), HttpStatusCode.Created);
        Storage.Put("billing.draft.expense", new ExpenseFields { Date = "2026-06-01", Description = "Train", Amount = "7.10", Currency = "EUR", Key = "k1" }.ToString());
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("form").SubmitAsync();
        (_, string? key, _, string body) = Assert.Single(Host.Asked, asked => asked.Request == "POST /api/expenses");
        Assert.Equal("k1", key);
        Assert.Equal("7.10", JsonDocument.Parse(body).RootElement.GetProperty("amount").GetString());
    }

    [Fact]
    public async Task Messages_of_the_host_stand_beside_the_fields_too()
    {
        await OpenAsync();
        Host.Answer("POST /api/expenses", """{ "status": 400, "errors": { "party": ["The party is too long."] } }""", HttpStatusCode.BadRequest);
        IRenderedComponent<ExpenseForm> form = await FilledAsync();
        await form.Find("form").SubmitAsync();
        Assert.Equal("The party is too long.", form.Find("#expense-party-fault").TextContent);
    }

    [Fact]
    public async Task The_category_that_the_rules_propose_is_said()
    {
        await OpenAsync();
        Host.Answer("POST /api/expenses/proposal", """{ "category": "Travel", "flags": [], "alerts": [] }""");
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        await form.Find("#expense-amount").ChangeAsync("12.50");
        form.WaitForAssertion(() => Assert.Contains("Travel", form.Find("#expense-category-hint").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_second_of_two_editors_sees_the_version_of_the_first_and_loses_nothing()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        string path = $"PUT /api/expenses/{s_record.Key}";
        Host.Answer(path, $$"""{ "status": 412, "current": {{Reply("2")}} }""", HttpStatusCode.PreconditionFailed);
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>(p => p.Add(f => f.Editing, new RecordReply { Record = s_record, Version = "1", IsEditable = true }));
        await form.Find("#expense-description").InputAsync("Mine");
        await form.Find("form").SubmitAsync();
        IElement alert = form.Find("[role=alert]");
        Assert.Contains("Somebody else changed this expense", alert.TextContent, StringComparison.Ordinal);
        Assert.Contains("Mine", alert.TextContent, StringComparison.Ordinal);
        Assert.Equal("Mine", form.Find("#expense-description").GetAttribute("value"));
        Host.Answer(path, Reply("3"));
        await form.Find("[role=alert] button").ClickAsync();
        Assert.Equal(["\"1\"", "\"2\""], Host.Asked.Where(asked => asked.Request == path).Select(asked => asked.IfMatch));
    }

    [Fact]
    public async Task An_edit_that_was_left_and_is_taken_up_again_still_tells_what_others_changed_since()
    {
        await OpenAsync();
        Host.Vanish("POST /api/expenses/proposal");
        string path = $"PUT /api/expenses/{s_record.Key}";
        Host.Answer(path, $$"""{ "status": 412, "current": {{Reply("2")}} }""", HttpStatusCode.PreconditionFailed);
        Storage.Put($"billing.draft.edit.{s_record.Key}", new ExpenseFields { Date = "2026-06-01", Description = "Mine", Amount = "7.10", Currency = "EUR", Key = "1" }.ToString());
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>(p => p.Add(f => f.Editing, new RecordReply { Record = s_record, Version = "2", IsEditable = true }));
        await form.Find("form").SubmitAsync();
        Assert.Equal("\"1\"", Assert.Single(Host.Asked, asked => asked.Request == path).IfMatch);
        Assert.Contains("Somebody else changed this expense", form.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private static string Reply(string version) => JsonSerializer.Serialize(new RecordReply { Record = s_record, Version = version, IsEditable = true }, WebJsonContext.Default.RecordReply);

    private async Task<IRenderedComponent<ExpenseForm>> FilledAsync()
    {
        Host.Vanish("POST /api/expenses/proposal");
        IRenderedComponent<ExpenseForm> form = Render<ExpenseForm>();
        await form.Find("#expense-description").InputAsync("Taxi");
        await form.Find("#expense-amount").InputAsync("12.50");
        return form;
    }
}
