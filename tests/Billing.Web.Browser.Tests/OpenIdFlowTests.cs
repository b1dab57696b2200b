using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Signing in by OpenID Connect: the code flow with PKCE, against a provider on another site, in a browser.</summary>
public sealed class OpenIdFlowTests(Chromium chromium) : IAsyncLifetime
{
    private IdentityProvider? _provider;
    private RunningHost? _host;

    private IdentityProvider Provider => _provider!;

    private RunningHost Host => _host!;

    public async ValueTask InitializeAsync()
    {
        _provider = await IdentityProvider.StartAsync();
        _host = await RunningHost.StartAsync(("OpenId:Authority", _provider.Issuer), ("OpenId:ClientId", IdentityProvider.ClientId), ("OpenId:ClientSecret", IdentityProvider.ClientSecret));
    }

    public async ValueTask DisposeAsync()
    {
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task A_reader_looks_and_neither_a_button_nor_a_forged_request_writes()
    {
        await FillAsync();
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        IPage page = watched.Page;
        await SignInAsync(watched, "reader");
        await Assertions.Expect(page.GetByText("Ada (reader)")).ToBeVisibleAsync();
        foreach ((string path, string ready) in ((string, string)[])
        [
            ("/app/expenses", "table.records tbody tr"), ("/app/import", ".drop"), ("/app/quarantine", "article.card"), ("/app/pending", "article.card"), ("/app/receipts", "#receipts-title"), ("/app/month?month=2026-11", "#month-figures"),
            ("/app/budgets", "#b-text"), ("/app/runs", "article.card"), ("/app/rules", "#rules-text"),
        ])
        {
            await watched.TurnToAsync(path);
            await page.Locator(ready).First.WaitForAsync();
            if (path == "/app/runs")
            {
                await page.Locator("summary").First.ClickAsync();
            }

            Assert.Equal([], await WritingAsync(page));
            await watched.AssertAccessibleAsync();
        }

        foreach ((string method, string path, string body) in ((string, string, string)[])
        [
            ("POST", "/api/expenses", """{"description":"Forged","amount":"1.00","currency":"USD","date":"2026-11-02"}"""), ("PUT", "/api/rules", """{"text":"{ \"rules\": [] }"}"""), ("POST", "/api/quarantine/replay", "{}"), ("POST", "/api/months/2026-11/close", "{}"),
        ])
        {
            Assert.Equal(403, await page.EvaluateAsync<int>("async ([method, path, body]) => (await fetch(path, { method, body, headers: { 'X-Billing': '1', 'Content-Type': 'application/json', 'If-Match': '\"1\"', 'Idempotency-Key': '1' } })).status", new[] { method, path, body }));
        }

        watched.AssertQuiet("403");
        Assert.Empty(Provider.Faults);
    }

    [Fact]
    public async Task A_clerk_enters_and_a_controller_also_closes_and_each_signs_out()
    {
        await FillAsync();
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        IPage page = watched.Page;
        await SignInAsync(watched, "clerk", "/app/expenses");
        await ExpenseFlowTests.FillAsync(page, "2026-11-05", "Entered by a clerk", "12.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Entered by a clerk");
        await watched.TurnToAsync("/app/runs");
        await page.Locator("summary").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take back" })).ToHaveCountAsync(0);
        Assert.Equal(403, await page.EvaluateAsync<int>("async () => (await fetch('/api/months/2026-11/close', { method: 'POST', body: '{}', headers: { 'X-Billing': '1', 'Content-Type': 'application/json' } })).status"));

        // Signed out, the session is worth nothing and the screen is empty.
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Entered by a clerk");
        Assert.Equal(401, await page.EvaluateAsync<int>("async () => (await fetch('/api/records')).status"));
        Assert.DoesNotContain(await watched.Context.CookiesAsync(), cookie => cookie.Name.StartsWith("billing-session", StringComparison.Ordinal));
        await watched.AssertAccessibleAsync();

        // At the provider, too; then nothing is left to say.
        Assert.Equal(["Ada (clerk)"], Provider.Ended);
        await Assertions.Expect(page.GetByText("You are signed out here.")).ToHaveCountAsync(0);

        await SignInAsync(watched, "controller", "/app/runs");
        await page.Locator("summary").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).First).ToBeVisibleAsync();
        BrowserContextCookiesResult session = Assert.Single(await watched.Context.CookiesAsync(), cookie => cookie.Name == "billing-session");
        Assert.Equal((true, true, SameSiteAttribute.Strict), (session.HttpOnly, session.Secure, session.SameSite));
        watched.AssertQuiet("403", "401");
        Assert.Empty(Provider.Faults);
    }

    [Fact]
    public async Task Where_the_provider_ends_no_sessions_the_page_says_that_its_session_goes_on_and_no_link_signs_anybody_out()
    {
        Provider.EndsSessions = false;
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        IPage page = watched.Page;
        await SignInAsync(watched, "clerk", "/app/expenses");

        // Led to by a link, and sent without the header as by a form: nobody is signed out.
        foreach (string path in (string[])[$"/signout-oidc?iss={Uri.EscapeDataString(Provider.Issuer)}", "/signout-oidc", "/sign-out", "/signout-callback-oidc"])
        {
            await page.EvaluateAsync("path => fetch(path, { redirect: 'manual' })", path);
        }

        Assert.Equal(403, await page.EvaluateAsync<int>("async () => (await fetch('/sign-out', { method: 'POST' })).status"));
        Assert.Equal(200, await page.EvaluateAsync<int>("async () => (await fetch('/api/records')).status"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are signed out here.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Your session at the identity provider goes on")).ToBeVisibleAsync();
        Assert.Equal(401, await page.EvaluateAsync<int>("async () => (await fetch('/api/records')).status"));
        await watched.AssertAccessibleAsync();
        Assert.Empty(Provider.Ended);
        watched.AssertQuiet("403", "401", "404", "405");
    }

    [Fact]
    public async Task Who_has_no_role_is_told_so_and_sees_nothing()
    {
        await FillAsync();
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address, 360, 740, "dark", "de-DE");
        await watched.GoAsync("/");
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "Zur Anmeldung" }).ClickAsync();
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "nobody" }).ClickAsync();
        await Assertions.Expect(watched.Page.GetByText("Ada (nobody), Sie sind angemeldet, haben hier aber keine Rolle.")).ToBeVisibleAsync();
        Assert.Equal(403, await watched.Page.EvaluateAsync<int>("async () => (await fetch('/api/records')).status"));
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsAsync();
        watched.AssertQuiet("403");
    }

    [Fact]
    public async Task A_session_that_ends_while_somebody_types_loses_no_text()
    {
        await FillAsync();
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        IPage page = watched.Page;
        await SignInAsync(watched, "clerk", "/app/expenses");
        await ExpenseFlowTests.FillAsync(page, "2026-11-06", "Typed before the session ended", "77.00");
        await EndSessionAsync(watched);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Sign in first.").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#expense-description")).ToHaveValueAsync("Typed before the session ended");
        await watched.AssertAccessibleAsync();
        await SignInBesideAsync(page, "**/app/expenses");
        await Assertions.Expect(page.Locator("#expense-description")).ToHaveValueAsync("Typed before the session ended");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Typed before the session ended");

        // A row that is being mended, too.
        await watched.TurnToAsync("/app/quarantine");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mend torn.csv, line 2" }).ClickAsync();
        await page.Locator("#mend-text").FillAsync("2026-11-30,Torn Row Ltd,75.00,USD");
        await EndSessionAsync(watched);
        await page.GetByRole(AriaRole.Button, new() { Name = "Store the corrected row" }).ClickAsync();
        await SignInBesideAsync(page, "**/app/quarantine");
        await Assertions.Expect(page.Locator("#mend-text")).ToHaveValueAsync("2026-11-30,Torn Row Ltd,75.00,USD");
        watched.AssertQuiet("401");
    }

    [Theory]
    [InlineData("state")]
    [InlineData("nonce")]
    [InlineData("issuer")]
    [InlineData("audience")]
    [InlineData("key")]
    [InlineData("expired")]
    [InlineData("denied")]
    public async Task An_answer_that_is_not_right_is_refused_with_a_page_that_says_so(string fault)
    {
        Provider.MixesUpState = fault == "state";
        Provider.SignsWithAnotherKey = fault == "key";
        Provider.Spoil = fault switch
        {
            "nonce" => claims => claims["nonce"] = "another",
            "issuer" => claims => claims["iss"] = "https://other.invalid",
            "audience" => claims => claims["aud"] = "another",
            "expired" => claims => (claims["nbf"], claims["iat"], claims["exp"]) = ((JsonNode)1_000_000_000, (JsonNode)1_000_000_000, (JsonNode)1_000_000_300),
            _ => null,
        };
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        IPage page = watched.Page;
        await watched.GoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = fault == "denied" ? "denied" : "controller" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText(fault == "denied" ? "The sign-in page did not let you in." : "What came back from the sign-in page is not an answer to this browser")).ToBeVisibleAsync();
        Assert.DoesNotContain(await watched.Context.CookiesAsync(), cookie => cookie.Name.StartsWith("billing-session", StringComparison.Ordinal));
        Assert.Equal(401, await page.EvaluateAsync<int>("async () => (await fetch('/api/records')).status"));
        await watched.AssertAccessibleAsync();

        // The log has why, under the id that the page shows, and no code and no token.
        string id = System.Web.HttpUtility.ParseQueryString(new Uri(page.Url).Query)["id"]!;
        Assert.Contains(Host.Log, line => line.Contains($"Sign-in {id} was refused", StringComparison.Ordinal));
        Assert.DoesNotContain(Host.Log, line => line.Contains("eyJ", StringComparison.Ordinal) || line.Contains("Ada", StringComparison.Ordinal));
        watched.AssertQuiet("401");

        // And again, rightly.
        (Provider.MixesUpState, Provider.SignsWithAnotherKey, Provider.Spoil) = (false, false, null);
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "reader" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Ada (reader)")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("You are not signed in.")).ToHaveCountAsync(0);
        Assert.Equal(new Uri(Host.Address + "/").PathAndQuery, new Uri(page.Url).PathAndQuery);
    }

    [Fact]
    public async Task A_code_that_somebody_else_got_signs_nobody_in()
    {
        // The link that a stranger sends: with a code of theirs, in a browser that asked for none.
        await using WatchedPage stranger = await chromium.OpenAsync(Host.Address);
        await stranger.GoAsync("/");
        await stranger.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync();
        string chosen = await stranger.Page.GetByRole(AriaRole.Link, new() { Name = "controller" }).EvaluateAsync<string>("link => link.href");
        using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false });
        Uri link = (await http.GetAsync(chosen, TestContext.Current.CancellationToken)).Headers.Location!;
        Assert.Equal((new Uri(Host.Address).Authority, "/signin-oidc"), (link.Authority, link.AbsolutePath));
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        await watched.Page.GotoAsync(link.AbsoluteUri);
        await Assertions.Expect(watched.Page.GetByText("You are not signed in.")).ToBeVisibleAsync();
        Assert.Equal(401, await watched.Page.EvaluateAsync<int>("async () => (await fetch('/api/records')).status"));
    }

    [Fact]
    public async Task The_way_back_leads_to_this_host_only_and_a_provider_that_is_gone_is_told()
    {
        await using WatchedPage watched = await chromium.OpenAsync(Host.Address);
        foreach (string to in (string[])["https://elsewhere.invalid/", "//elsewhere.invalid/", "/\\elsewhere.invalid/", "javascript:alert(1)", "/%0d%0aX: 1"])
        {
            await watched.Page.GotoAsync("/sign-in?to=" + Uri.EscapeDataString(to));
            await watched.Page.GetByRole(AriaRole.Link, new() { Name = "reader" }).ClickAsync();
            await Assertions.Expect(watched.Page.GetByText("Ada (reader)")).ToBeVisibleAsync();
            Assert.Equal(new Uri(Host.Address).Authority, new Uri(watched.Page.Url).Authority);
        }

        await using RunningHost lonely = await RunningHost.StartAsync(("OpenId:Authority", FormattableString.Invariant($"http://localhost:{RunningHost.FreePort()}")), ("OpenId:ClientId", "billing"), ("OpenId:ClientSecret", "x"));
        await using WatchedPage alone = await chromium.OpenAsync(lonely.Address);
        await alone.GoAsync("/");
        await alone.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync();
        await Assertions.Expect(alone.Page.GetByText("The server cannot reach the sign-in page.")).ToBeVisibleAsync();
        await alone.AssertAccessibleAsync();
    }

    private async Task FillAsync()
    {
        using Books books = new(Host.Address, Provider.Token("controller"));
        await books.ImportAsync("card.csv", "date,company,amount,currency,status\n2026-11-02,Cafe,4.50,USD,PENDING\n2026-11-03,Shop,9.00,USD,POSTED\n"u8.ToArray(), SourceLayout.Parse("""{ "columns": { "status": "status" }, "pending": { "values": ["PENDING"], "posted": ["POSTED"] } }"""));
        await books.ImportAsync("torn.csv", "date,company,amount,currency\n2026-11-31,Torn Row Ltd,75.00,USD\n"u8.ToArray());
        using HttpClient stranger = new() { BaseAddress = new Uri(Host.Address) };
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "x.y.z");
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("api/records")).StatusCode);
    }

    private static async Task SignInAsync(WatchedPage watched, string role, string path = "/")
    {
        await watched.GoAsync(path);
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync();
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = role, Exact = true }).ClickAsync();
        await watched.Page.WaitForURLAsync("**" + path);
        await Assertions.Expect(watched.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeVisibleAsync();
    }

    private static Task EndSessionAsync(WatchedPage watched) => watched.Context.ClearCookiesAsync(new() { NameRegex = new("^billing-session") });

    // The page stays as it is, with what was typed; the sign-in is a page beside it.
    private static async Task SignInBesideAsync(IPage page, string back)
    {
        IPage beside = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync());
        await beside.GetByRole(AriaRole.Link, new() { Name = "clerk" }).ClickAsync();
        await beside.WaitForURLAsync(back);
        await beside.CloseAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I am signed in: go on" }).ClickAsync();
    }

    // What can be seen and pressed, and would write.
    private static async Task<IReadOnlyList<string>> WritingAsync(IPage page) => await page.EvaluateAsync<string[]>(
        "() => [...document.querySelectorAll('main button, main [type=submit], main input[type=file]')].filter(one => one.checkVisibility()).map(one => (one.ariaLabel ?? one.textContent).trim()).filter(name => /^(save|store|mend|dismiss|settle|delete|edit|take back|close the month|apply|use for|try them|compare|drop receipts|undo|open again)/i.test(name))");
}
