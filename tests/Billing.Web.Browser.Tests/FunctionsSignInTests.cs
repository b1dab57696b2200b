using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>Signing in by OpenID Connect where functions take the place of the host: the page itself does the code flow with PKCE, and the APIs check its access token.</summary>
public sealed class FunctionsSignInTests(Chromium chromium, FunctionsWithSignIn functions) : IClassFixture<FunctionsWithSignIn>, IAsyncLifetime
{
    private IdentityProvider Provider => functions.Provider;

    public ValueTask InitializeAsync()
    {
        (Provider.Spoil, Provider.SpoilAccess, Provider.MixesUpState, Provider.RefusesTokens, Provider.IsBroken, Provider.GivesRefreshTokens, Provider.AccessSeconds) = (null, null, false, false, false, false, 300);
        Provider.Faults.Clear();
        Provider.Grants.Clear();
        Provider.SignOuts.Clear();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_expense_is_stored_by_who_signed_in_and_signing_out_ends_the_session_at_the_provider_too()
    {
        using HttpClient http = new();
        foreach (Uri route in functions.Routes)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(route, TestContext.Current.CancellationToken)).StatusCode);
        }

        await using WatchedPage watched = await chromium.OpenAsync(functions.Address);
        IPage page = watched.Page;
        List<string> asked = [];
        page.Request += (_, request) => asked.Add(request.Url);
        await watched.GoAsync("/");
        await page.WaitForURLAsync("**/app/logged");
        await watched.AssertAccessibleAsync();

        // A file is looked at in the browser, whoever it is; nothing is asked of the APIs.
        await watched.TurnToAsync("/app/import");
        await page.Locator(".drop").WaitForAsync();
        Assert.DoesNotContain(asked, url => !url.StartsWith(functions.Address, StringComparison.Ordinal));

        await watched.TurnToAsync("/app/logged");
        await SignInAsync(page, "clerk");
        await Assertions.Expect(page.GetByText("Ada (clerk)")).ToBeVisibleAsync();
        Assert.Equal("/app/logged", new Uri(page.Url).PathAndQuery);
        await EnterAsync(page, "Train to the fair", "12.50");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Train to the fair");
        await Assertions.Expect(page.Locator("table.records tbody tr").Filter(new() { HasText = "Train to the fair" })).ToHaveCountAsync(1);
        foreach ((string path, string text) in ((string, string)[])[("/app/sightings", "No receipt is stored yet."), ("/app/transactions", "No transaction is stored yet.")])
        {
            await watched.TurnToAsync(path);
            await Assertions.Expect(page.GetByText(text)).ToBeVisibleAsync();
        }

        // Neither the storage of the browser nor its history has a token or a code.
        string kept = await page.EvaluateAsync<string>("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
        Assert.DoesNotContain("eyJ", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("signin", kept, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(SignInButton(page)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main")).Not.ToContainTextAsync("Train to the fair");
        Assert.Equal([$"{IdentityProvider.PublicClientId} {functions.Address}"], Provider.SignOuts);
        await page.GoBackAsync();
        Assert.DoesNotContain("code=", page.Url, StringComparison.Ordinal);
        Assert.Empty(Provider.Faults);
        watched.AssertQuiet();
    }

    [Theory]
    [InlineData("state", "What came back is not an answer to a sign-in that was begun in this window.")]
    [InlineData("nonce", "The provider's answer belongs to another sign-in.")]
    [InlineData("issuer", "The answer comes from another provider than the one that this page trusts.")]
    [InlineData("audience", "The provider's answer is meant for another page than this one.")]
    [InlineData("expired", "By the clock of this device the answer is not valid now.")]
    [InlineData("early", "By the clock of this device the answer is not valid now.")]
    [InlineData("denied", "The sign-in page did not let you in.")]
    [InlineData("nobody", "The provider says: server_error: The directory is down")]
    [InlineData("refused", "The provider says: invalid_grant: The grant is over.")]
    public async Task An_answer_that_is_not_right_signs_nobody_in_and_the_page_says_why(string fault, string message)
    {
        Provider.MixesUpState = fault == "state";
        Provider.RefusesTokens = fault == "refused";
        Provider.Spoil = fault switch
        {
            "nonce" => claims => claims["nonce"] = "another",
            "issuer" => claims => claims["iss"] = "https://other.invalid",
            "audience" => claims => claims["aud"] = new JsonArray(IdentityProvider.PublicClientId, "another"),
            "expired" => claims => (claims["iat"], claims["exp"]) = ((JsonNode)1_000_000_000, (JsonNode)1_000_000_300),
            "early" => claims => (claims["iat"], claims["exp"]) = ((JsonNode)4_000_000_000, (JsonNode)4_000_000_300),
            _ => null,
        };
        await using WatchedPage watched = await chromium.OpenAsync(functions.Address);
        IPage page = watched.Page;
        int asked = 0;
        page.Request += (_, request) => asked += request.Url.StartsWith(functions.Expenses.AbsoluteUri, StringComparison.Ordinal) ? 1 : 0;
        await watched.GoAsync("/app/logged");
        await SignInAsync(page, fault is "denied" or "nobody" ? fault : "clerk");
        await Assertions.Expect(page.GetByText("You are not signed in.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#sign-in")).ToContainTextAsync(message);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToHaveCountAsync(0);
        Assert.Equal(0, asked);
        Assert.Equal("/app/logged", new Uri(page.Url).PathAndQuery);
        await watched.AssertAccessibleAsync();
        watched.AssertQuiet("400");

        // And again, rightly.
        (Provider.MixesUpState, Provider.RefusesTokens, Provider.Spoil) = (false, false, null);
        await SignInAsync(page, "clerk");
        await Assertions.Expect(page.GetByText("Ada (clerk)")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("You are not signed in.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_code_that_somebody_else_got_and_a_made_up_error_sign_nobody_in_and_say_nothing_of_theirs()
    {
        await using WatchedPage stranger = await chromium.OpenAsync(functions.Address);
        await stranger.GoAsync("/app/logged");
        await SignInButton(stranger.Page).ClickAsync();
        string chosen = await stranger.Page.GetByRole(AriaRole.Link, new() { Name = "controller" }).EvaluateAsync<string>("link => link.href");
        using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false });
        string link = (await http.GetAsync(chosen, TestContext.Current.CancellationToken)).Headers.Location!.AbsoluteUri;
        foreach (string address in (string[])[link, "/?error=x&error_description=Call+this+number&state=y", "/?code=1"])
        {
            await using WatchedPage watched = await chromium.OpenAsync(functions.Address);
            await watched.Page.GotoAsync(address);
            await Assertions.Expect(watched.Page.GetByText("If you followed a link from somebody else, do not use it.")).ToBeVisibleAsync();
            await Assertions.Expect(watched.Page.Locator("body")).Not.ToContainTextAsync("Call this number");
            Assert.Equal("/app/logged", new Uri(watched.Page.Url).PathAndQuery);
            watched.AssertQuiet();
        }

        Assert.Empty(Provider.Grants);
    }

    [Fact]
    public async Task A_session_that_the_API_says_is_over_leaves_the_page_as_it_is_and_a_sign_in_beside_it_goes_on()
    {
        // By the clock of the page it would last: the API knows better.
        Provider.SpoilAccess = claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 6;
        await using WatchedPage watched = await chromium.OpenAsync(functions.Address);
        IPage page = watched.Page;
        await watched.GoAsync("/app/logged");
        await SignInAsync(page, "clerk");
        await page.Locator("#f-text").FillAsync("Typed before");
        await page.Locator("#f-text").PressAsync("Tab");
        await Assertions.Expect(page.GetByText("Nothing matches these filters.")).ToBeVisibleAsync();
        await Task.Delay(6_500, TestContext.Current.CancellationToken);
        Provider.SpoilAccess = null;
        await EnterAsync(page, "Typed before the session ended", "77.00");
        await Assertions.Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await watched.AssertAccessibleAsync();

        // An answer that is wrong is told here, and the next one can be right.
        Provider.Spoil = claims => claims["nonce"] = "another";
        IPage first = await BesideAsync(page, "clerk");
        await Assertions.Expect(page.Locator("#sign-in")).ToContainTextAsync("The provider's answer belongs to another sign-in.");
        await first.CloseAsync();
        Provider.Spoil = null;
        IPage beside = await BesideAsync(page, "clerk");
        await Assertions.Expect(beside.GetByText("You are signed in on the other page.")).ToBeVisibleAsync();
        Assert.DoesNotContain("code=", beside.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#sign-in")).ToHaveCountAsync(0);
        await beside.CloseAsync();
        await Assertions.Expect(page.Locator("#log-description")).ToHaveValueAsync("Typed before the session ended");
        await Assertions.Expect(page.Locator("#f-text")).ToHaveValueAsync("Typed before");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Typed before the session ended");
        await Assertions.Expect(page.Locator("table.records tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(Provider.Faults);
        watched.AssertQuiet("401");
    }

    [Fact]
    public async Task A_token_that_expires_is_renewed_unseen_and_one_that_is_renewed_no_more_ends_the_session()
    {
        (Provider.GivesRefreshTokens, Provider.AccessSeconds) = (true, 3);
        await using WatchedPage watched = await chromium.OpenAsync(functions.Address);
        IPage page = watched.Page;
        await watched.GoAsync("/app/logged");
        await SignInAsync(page, "clerk");
        await Assertions.Expect(page.GetByText("Ada (clerk)")).ToBeVisibleAsync();
        await Task.Delay(3_500, TestContext.Current.CancellationToken);
        await EnterAsync(page, "Renewed unseen", "3.00");
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Renewed unseen");
        Assert.Equal(["code", "refresh"], Provider.Grants.Distinct());
        await Assertions.Expect(page.Locator("#sign-in")).ToHaveCountAsync(0);
        watched.AssertQuiet();

        Provider.RefusesTokens = true;
        await Task.Delay(3_500, TestContext.Current.CancellationToken);
        await EnterAsync(page, "Not lost", "4.00");
        await Assertions.Expect(page.GetByText("Your session has ended.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#log-description")).ToHaveValueAsync("Not lost");
        Provider.RefusesTokens = false;
        await (await BesideAsync(page, "clerk")).CloseAsync();
        await Assertions.Expect(page.Locator("#sign-in")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("Stored: Not lost");
        Assert.Empty(Provider.Faults);
        watched.AssertQuiet("400");
    }

    [Fact]
    public async Task A_token_that_the_APIs_do_not_accept_and_a_provider_that_is_gone_are_told_in_the_language_of_the_reader()
    {
        Provider.SpoilAccess = claims => claims["client_id"] = "another";
        await using WatchedPage watched = await chromium.OpenAsync(functions.Address, 360, 740, "dark", "de-DE");
        IPage page = watched.Page;
        await watched.GoAsync("/app/logged");
        await SignInAsync(page, "clerk", "Zur Anmeldung");
        await Assertions.Expect(page.GetByText("Die Anmeldung gelang, aber die APIs nehmen ihre Token nicht an.")).ToBeVisibleAsync();
        await watched.AssertAccessibleAsync();
        await watched.AssertFitsAsync();
        watched.AssertQuiet("401");

        Provider.IsBroken = true;
        await using WatchedPage alone = await chromium.OpenAsync(functions.Address, 360, 740, "light", "de-DE");
        await alone.GoAsync("/app/logged");
        await alone.Page.GetByRole(AriaRole.Button, new() { Name = "Zur Anmeldung" }).ClickAsync();
        await Assertions.Expect(alone.Page.GetByText("Die Anmeldeseite ist nicht erreichbar.")).ToBeVisibleAsync();
        await alone.AssertAccessibleAsync();
        await alone.AssertFitsAsync();
        alone.AssertQuiet("503");
    }

    private static ILocator SignInButton(IPage page, string name = "Go to the sign-in page") => page.GetByRole(AriaRole.Button, new() { Name = name });

    private static async Task SignInAsync(IPage page, string role, string name = "Go to the sign-in page")
    {
        await SignInButton(page, name).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = role, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/app/logged");
    }

    // The page stays as it is; the sign-in is a window beside it.
    private static async Task<IPage> BesideAsync(IPage page, string role)
    {
        IPage beside = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Go to the sign-in page" }).ClickAsync());
        await beside.GetByRole(AriaRole.Link, new() { Name = role, Exact = true }).ClickAsync();
        await beside.WaitForURLAsync("**/app/logged");
        return beside;
    }

    private static async Task EnterAsync(IPage page, string description, string amount)
    {
        await page.Locator("#log-date").FillAsync("2025-06-17");
        await page.Locator("#log-description").FillAsync(description);
        await page.Locator("#log-amount").FillAsync(amount);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the expense" }).ClickAsync();
    }
}
