using System.Net;
using System.Text.Json;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Client.Layout;
using Billing.Web.Client.OpenId;
using Billing.Web.Client.Systems;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>The sign-in of the page itself, against a provider and APIs that the test scripts.</summary>
public sealed class OpenIdSessionTests : PageContext
{
    private const string Document = """{"issuer":"https://login.test","authorization_endpoint":"https://login.test/authorize?tenant=1","token_endpoint":"https://login.test/token"}""";

    private static readonly PageSettings s_settings = new()
    {
        Expenses = new Uri("http://expenses.test/"),
        Receipts = new Uri("http://receipts.test/"),
        Transactions = new Uri("http://transactions.test/"),
        SignIn = "openid",
        OpenId = new OpenIdSettings { Issuer = "https://login.test", ClientId = "page", Scopes = "openid billing/api" },
    };

    private readonly ClockOfSession _clock = new();
    private OpenIdFlow? _flow;

    private OpenIdSession Session => Services.GetRequiredService<OpenIdSession>();

    private FunctionsApi Functions => Services.GetRequiredService<FunctionsApi>();

    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Fact]
    public async Task The_provider_is_asked_by_the_code_flow_with_a_proof_that_this_window_keeps()
    {
        await BeginAsync();
        Uri address = new(Navigation.History.First().Uri);
        System.Collections.Specialized.NameValueCollection query = System.Web.HttpUtility.ParseQueryString(address.Query);
        Assert.Equal("https://login.test/authorize", address.GetLeftPart(UriPartial.Path));
        Assert.Equal(("1", "code", "page", "http://localhost/", "openid billing/api", "S256"), (query["tenant"], query["response_type"], query["client_id"], query["redirect_uri"], query["scope"], query["code_challenge_method"]));
        Assert.Equal((_flow!.State, _flow.Nonce, _flow.Challenge), (query["state"], query["nonce"], query["code_challenge"]));
        Assert.Equal(3, new[] { _flow.State, _flow.Nonce, _flow.Verifier }.Distinct().Count());
        Assert.DoesNotContain(_flow.Verifier, address.Query, StringComparison.Ordinal);
        Assert.Equal(43, _flow.Verifier.Length);

        // The example of RFC 7636, appendix B.
        Assert.Equal("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", (_flow with { Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" }).Challenge);
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_is_told_so_and_the_page_stays()
    {
        Storage.IsFull = true;
        Use(s_settings);
        Host.Answer("GET /.well-known/openid-configuration", Document);
        await Session.BeginAsync();
        Assert.Equal(OpenIdFault.Storage, Session.Fault!.Kind);
        Assert.Empty(Navigation.History);
    }

    [Theory]
    [InlineData("""{"issuer":"https://other.test","authorization_endpoint":"https://login.test/a","token_endpoint":"https://login.test/t"}""", "discovery")]
    [InlineData("""{"issuer":"https://login.test","authorization_endpoint":"http://login.test/a","token_endpoint":"https://login.test/t"}""", "discovery")]
    [InlineData("""{"issuer":"https://login.test","authorization_endpoint":"javascript:alert(1)","token_endpoint":"https://login.test/t"}""", "discovery")]
    [InlineData("""{"issuer":"https://login.test","authorization_endpoint":"https://login.test/a"}""", "discovery")]
    [InlineData("<html>", "discovery")]
    [InlineData(null, "unreachable")]
    public async Task A_provider_that_is_another_or_without_TLS_or_not_there_is_not_gone_to(string? document, string fault)
    {
        Use(s_settings);
        if (document is null)
        {
            Host.Vanish("GET /.well-known/openid-configuration");
        }
        else
        {
            Host.Answer("GET /.well-known/openid-configuration", document);
        }

        await Session.BeginAsync();
        Assert.Equal(fault, Session.Fault!.Kind);
        Assert.Empty(Navigation.History);
    }

    [Theory]
    [InlineData(null, "page", "openid")]
    [InlineData("http://login.test", "page", "openid")]
    [InlineData("https://login.test", "", "openid")]
    [InlineData("https://login.test", "page", "billing")]
    public async Task Settings_that_cannot_be_used_are_told(string? issuer, string client, string scopes)
    {
        Use(s_settings with { OpenId = issuer is null ? null : new OpenIdSettings { Issuer = issuer, ClientId = client, Scopes = scopes } });
        IRenderedComponent<OpenIdCard> card = Render<OpenIdCard>();
        await card.Find("button").ClickAsync(new());
        Assert.Contains("The settings of this page do not say where people sign in", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(Host.Asked);
    }

    [Theory]
    [InlineData("&iss=https%3A%2F%2Fother.test", "{}", "issuer")]
    [InlineData("&iss=https%3A%2F%2Flogin.test", "{}", null)]
    [InlineData("", "{}", null)]
    [InlineData("", """{"token_type":"mac"}""", "tokens")]
    [InlineData("", """{"access_token":null}""", "tokens")]
    [InlineData("", """{"id_token":null}""", "idtoken")]
    public async Task An_answer_is_taken_only_if_it_is_whole_and_from_this_provider(string more, string change, string? fault)
    {
        await BeginAsync();
        Reply(change);
        await ReturnAsync("?code=c" + more + "&state=" + _flow!.State);
        Assert.Equal(fault, Session.Fault?.Kind);
        Assert.Equal(fault is null, Session.IsSignedIn);
        Assert.Equal("http://localhost/app/logged?text=1", Navigation.Uri);
        if (fault is null)
        {
            Assert.Equal($"grant_type=authorization_code&client_id=page&code=c&redirect_uri=http%3A%2F%2Flocalhost%2F&code_verifier={_flow.Verifier}", Host.Asked.Single(asked => asked.Request == "POST /token").Body);
        }
    }

    [Fact]
    public async Task A_sign_in_that_was_begun_at_no_page_leads_to_the_first_one()
    {
        await BeginAsync();
        _flow = _flow! with { To = "" };
        Reply("{}");
        await ReturnAsync($"?code=c&state={_flow.State}");
        Assert.True(Session.IsSignedIn);
        Assert.Equal("http://localhost/app/logged", Navigation.Uri);
    }

    [Theory]
    [InlineData("?code=c&state=other")]
    [InlineData("?code=c")]
    [InlineData("?error=access_denied&error_description=Call+this+number&state=other")]
    public async Task An_answer_to_another_sign_in_is_not_taken_and_nothing_of_it_is_shown(string query)
    {
        await BeginAsync();
        await ReturnAsync(query);
        Assert.Equal(new OpenIdFault(OpenIdFault.State), Session.Fault);
        Assert.False(Session.IsSignedIn);
        Assert.Equal(0, Host.Count("POST /token"));
        Assert.Equal("http://localhost/app/logged", Navigation.Uri);
    }

    [Fact]
    public async Task Requests_that_find_the_token_expired_wait_for_one_renewal_and_are_sent_with_the_new_one()
    {
        await SignInAsync("""{"refresh_token":"r"}""");
        _clock.Now += TimeSpan.FromSeconds(299);
        TaskCompletionSource<string> renewal = Host.Hold("POST /token");
        Host.Answer("GET /totals", """{"items":[],"total":{"count":0,"billed":{},"reporting":{}}}""");
        Task<Reply<GroupTotals>> first = Functions.TransactionsAsync("");
        Task<Reply<GroupTotals>> second = Functions.TransactionsAsync("");
        renewal.SetResult("""{"access_token":"fresh","token_type":"bearer","expires_in":300}""");
        Assert.True((await first).IsOk && (await second).IsOk);
        Assert.Equal("Bearer fresh", Host.Authorization);
        Assert.Equal(2, Host.Count("POST /token"));
        Assert.Equal("grant_type=refresh_token&client_id=page&refresh_token=r", Host.Asked.Last(asked => asked.Request == "POST /token").Body);
    }

    [Fact]
    public async Task An_expense_whose_token_an_API_refuses_is_sent_again_under_its_key_with_a_renewed_one()
    {
        await SignInAsync("""{"refresh_token":"r"}""");
        Session.Accept();
        Host.Answer("POST /logexpense", """{"message":"Unauthorized"}""", HttpStatusCode.Unauthorized);
        TaskCompletionSource<string> renewal = Host.Hold("POST /token");
        Task<Reply<LoggedReply>> sent = Functions.LogAsync(new LoggedDraft { Date = "2025-06-17", Description = "Taxi", Amount = "1", Currency = "USD" }, "key");
        Host.Answer("POST /logexpense", """{"message":"Expense logged successfully","expenseId":"1"}""");
        renewal.SetResult("""{"access_token":"fresh","token_type":"Bearer"}""");
        Assert.True((await sent).IsOk);
        Assert.Equal(["key", "key"], Host.Asked.Where(asked => asked.Request == "POST /logexpense").Select(asked => asked.Key));
        Assert.Equal("Bearer fresh", Host.Authorization);
        Assert.False(Session.HasEnded);
    }

    [Theory]
    [InlineData("""{"error":"invalid_grant"}""", null)]
    [InlineData("another person", "idtoken")]
    public async Task A_renewal_that_is_refused_or_names_another_person_ends_the_session(string answer, string? fault)
    {
        await SignInAsync("""{"refresh_token":"r"}""");
        _clock.Now += TimeSpan.FromSeconds(301);
        Host.Answer("POST /token", answer == "another person" ? JsonSerializer.Serialize(new { access_token = "fresh", token_type = "Bearer", id_token = IdTokenTests.Token($$"""{"sub":"2","nonce":null}""", _clock.Now.ToUnixTimeSeconds()) }) : answer, answer == "another person" ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        Reply<GroupTotals> reply = await Functions.TransactionsAsync("");
        Assert.Equal(401, reply.Problem!.Status);
        Assert.Equal((true, false, fault), (Session.HasEnded, Session.IsSignedIn, Session.Fault?.Kind));
    }

    [Fact]
    public async Task A_provider_that_is_gone_when_a_token_must_be_renewed_is_as_a_server_that_is_gone_and_ends_nothing()
    {
        await SignInAsync("""{"refresh_token":"r"}""");
        _clock.Now += TimeSpan.FromSeconds(301);
        Host.Vanish("POST /token");
        Assert.True((await Functions.TransactionsAsync("")).IsOffline);
        Assert.Equal((false, true), (Session.HasEnded, Session.IsSignedIn));
        Assert.False(Services.GetRequiredService<Connection>().IsUp);
    }

    [Fact]
    public async Task A_provider_that_is_gone_when_a_session_has_ended_is_told_and_tried_again()
    {
        Use(s_settings);
        Host.Vanish("GET /.well-known/openid-configuration");
        Module.Setup<string>("answerOf", _ => true);
        Session.End();
        IRenderedComponent<OpenIdCard> card = Render<OpenIdCard>(p => p.Add(c => c.IsAgain, true));
        Assert.Contains("The sign-in page cannot be reached.", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Host.Answer("GET /.well-known/openid-configuration", Document);
        await card.Find("button").ClickAsync(new());
        Assert.Contains("Your session has ended.", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        AngleSharp.Dom.IElement link = card.Find("a.button");
        Assert.Equal(("_blank", "noopener"), (link.GetAttribute("target"), link.GetAttribute("rel")));
        Assert.StartsWith("https://login.test/authorize?tenant=1&response_type=code&", link.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_browser_in_which_windows_cannot_hear_of_each_other_is_told_so()
    {
        Use(s_settings);
        Host.Answer("GET /.well-known/openid-configuration", Document);
        Module.Setup<string>("answerOf", _ => true).SetException(new Microsoft.JSInterop.JSException("BroadcastChannel is not defined"));
        Session.End();
        IRenderedComponent<OpenIdCard> card = Render<OpenIdCard>(p => p.Add(c => c.IsAgain, true));
        Assert.Contains("This browser keeps nothing for this page", card.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("a.button"));
    }

    [Theory]
    [InlineData(null, null, "http://localhost/")]
    [InlineData("https://login.test/logout", null, "https://login.test/logout?client_id=page&logout_uri=http%3A%2F%2Flocalhost%2F")]
    [InlineData(null, "https://login.test/end", "https://login.test/end?id_token_hint=")]
    [InlineData(null, "http://login.test/end", "http://localhost/")]
    public async Task Signing_out_forgets_the_tokens_and_goes_where_the_provider_ends_its_session(string? stated, string? discovered, string address)
    {
        await SignInAsync("{}", s_settings with { OpenId = s_settings.OpenId! with { SignOut = stated } }, Document.Replace("}", discovered is null ? "}" : $",\"end_session_endpoint\":\"{discovered}\"}}", StringComparison.Ordinal));
        await Session.SignOutAsync();
        Assert.False(Session.IsSignedIn);
        Assert.StartsWith(address, Navigation.History.First().Uri, StringComparison.Ordinal);
        Assert.True(Navigation.History.First().Options.ForceLoad);
        if (discovered?.StartsWith("https", StringComparison.Ordinal) == true)
        {
            Assert.EndsWith("&client_id=page&post_logout_redirect_uri=http%3A%2F%2Flocalhost%2F", Navigation.History.First().Uri, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nothing_but_the_look_at_a_file_is_shown_to_who_is_not_signed_in()
    {
        Use(s_settings);
        RenderFragment body = builder => builder.AddContent(0, "the page");
        Navigation.NavigateTo("app/logged");
        IRenderedComponent<MainLayout> layout = Render<MainLayout>(p => p.Add(l => l.Body, body));
        Assert.DoesNotContain("the page", layout.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Contains("Sign in", layout.Find("h1").TextContent, StringComparison.Ordinal);
        Navigation.NavigateTo("app/import?x=1");
        Assert.Contains("the page", Render<MainLayout>(p => p.Add(l => l.Body, body)).Find("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_has_a_text()
    {
        string[] constants = [.. typeof(OpenIdFault).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];
        Assert.Equal(constants, OpenIdFault.Kinds);
        IReadOnlyDictionary<string, string> texts = Words.Load("en");
        Assert.Equal(OpenIdFault.Kinds.Order(), texts.Keys.Where(key => key.StartsWith("openid.fault.", StringComparison.Ordinal)).Select(key => key["openid.fault.".Length..]).Order());
    }

    private void Use(PageSettings settings)
    {
        Services.AddSingleton(settings);
        Services.AddSingleton<TimeProvider>(_clock);
    }

    private async Task BeginAsync(PageSettings? settings = null, string document = Document)
    {
        Use(settings ?? s_settings);
        Host.Answer("GET /.well-known/openid-configuration", document);
        Navigation.NavigateTo("app/logged?text=1#top");
        await Session.BeginAsync();
        Assert.Null(Session.Fault);
        _flow = JsonSerializer.Deserialize<OpenIdFlow>(Storage.Written("billing.signin")!);
        Assert.Equal("app/logged?text=1", _flow!.To);
    }

    private async Task SignInAsync(string change, PageSettings? settings = null, string document = Document)
    {
        await BeginAsync(settings, document);
        Reply(change);
        await ReturnAsync($"?code=c&state={_flow!.State}");
        Assert.True(Session.IsSignedIn);
    }

    private void Reply(string change)
    {
        Dictionary<string, object?> reply = new() { ["access_token"] = "access", ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = IdTokenTests.Token($$"""{"nonce":"{{_flow!.Nonce}}"}""", _clock.Now.ToUnixTimeSeconds()) };
        foreach (JsonProperty one in JsonElement.Parse(change).EnumerateObject())
        {
            reply[one.Name] = one.Value.Clone();
        }

        Host.Answer("POST /token", JsonSerializer.Serialize(reply));
    }

    private async Task ReturnAsync(string query)
    {
        Storage.Put("billing.signin", JsonSerializer.Serialize(_flow));
        Navigation.NavigateTo("http://localhost/" + query);
        Assert.True(Session.IsAnswered());
        await Session.ReturnAsync();
        Assert.False(Session.IsBusy);
    }

    private sealed class ClockOfSession : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 6, 17, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
