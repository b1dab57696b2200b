using System.Net;
using Billing.Web.Contracts;
using Billing.Web.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Tests;

/// <summary>Who may come in, from where, and what they may do.</summary>
public sealed class SecurityTests
{
    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("127.0.0.1:5000", 200)]
    [InlineData("[::1]:5000", 200)]
    [InlineData("localhost", 200)]
    public async Task Only_loopback_names_are_answered_where_nobody_signs_in(string name, int status)
    {
        await using WebHost host = new();
        using HttpResponseMessage response = await WebHost.AskAsync(host.Page(), HttpMethod.Get, "/api/records", null, ("Host", name));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_page_of_another_site_can_neither_write_nor_read(string header, string value)
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/api/records", null, 403, (header, value));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch, 403, (header, value), ("Idempotency-Key", "1"));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/logexpense", """{"description":"x","amount":1}""", 403, (header, value));
        Assert.Equal(200, (int)(await WebHost.AskAsync(page, HttpMethod.Get, "/api/records", null, ("Origin", "http://localhost"))).StatusCode);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);
    }

    [Theory]
    [InlineData("true", 200)]
    [InlineData("false", 403)]
    public async Task Behind_a_proxy_with_TLS_the_page_is_no_other_site_where_that_is_set_up(string isSetUp, int status)
    {
        await using WebHost host = new(("ForwardedHeaders_Enabled", isSetUp));
        (string, string)[] ofProxy = [("Origin", "https://localhost"), ("X-Forwarded-Proto", "https")];
        using HttpResponseMessage response = await WebHost.AskAsync(host.Page(), HttpMethod.Get, "/api/records", null, ofProxy);
        Assert.Equal(status, (int)response.StatusCode);
        using HttpResponseMessage other = await WebHost.AskAsync(host.Page(), HttpMethod.Get, "/api/records", null, ("Origin", "https://evil.example"), ("X-Forwarded-Proto", "https"));
        Assert.Equal(403, (int)other.StatusCode);
    }

    [Fact]
    public async Task What_changes_something_needs_the_header_that_only_this_page_sends()
    {
        await using WebHost host = new();
        HttpClient other = host.CreateClient();
        ProblemReply problem = await WebHost.SendAsync<ProblemReply>(other, HttpMethod.Post, "/api/expenses", WebHost.Lunch, 403, ("Idempotency-Key", "1"));
        Assert.Contains("X-Billing", problem.Detail, StringComparison.Ordinal);
        Assert.Empty((await WebHost.GetAsync<RecordList>(other, "/api/records")).Items);
    }

    [Fact]
    public async Task Every_answer_forbids_script_frames_and_sniffing()
    {
        await using WebHost host = new();
        foreach (string path in (string[])["/", "/api/records", "/api/nothing", "/expenses"])
        {
            using HttpResponseMessage response = await WebHost.AskAsync(host.Page(), HttpMethod.Get, path);
            string policy = string.Join("", response.Headers.GetValues("Content-Security-Policy"));
            Assert.DoesNotContain("'unsafe-inline'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("'unsafe-eval'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("'wasm-unsafe-eval'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Theory]
    [InlineData("reader", "POST", "/api/expenses", 403)]
    [InlineData("reader", "POST", "/api/uploads", 403)]
    [InlineData("reader", "POST", "/logexpense", 403)]
    [InlineData("reader", "GET", "/api/records", 200)]
    [InlineData("clerk", "POST", "/api/runs/1/revert", 403)]
    [InlineData("clerk", "PUT", "/api/rules", 403)]
    [InlineData("clerk", "POST", "/api/rules/apply", 403)]
    [InlineData("clerk", "POST", "/api/uploads", 201)]
    [InlineData("controller", "POST", "/api/runs/1/revert", 404)]
    public async Task A_role_may_do_what_is_its_own_and_no_more(string role, string method, string path, int status)
    {
        await using WebHost host = new(("Role", role));
        using HttpResponseMessage response = await WebHost.AskAsync(host.Page(), new HttpMethod(method), path, path == "/api/uploads" ? new UploadRequest { Name = "a", Size = 1 } : method == "GET" ? null : "{}");
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_host_that_others_can_reach_asks_for_its_token()
    {
        await using WebHost host = new(("urls", "http://0.0.0.0:5000"));
        HttpClient page = host.Page();
        string token = host.Services.GetRequiredService<SignInSettings>().Token!;
        Assert.Equal(64, token.Length);
        Assert.DoesNotContain(token, host.Lines.Text, StringComparison.Ordinal);
        SessionReply session = await WebHost.GetAsync<SessionReply>(page, "/api/session");
        Assert.Equal(("token", 0, null, null), (session.SignIn, session.Roles.Count, session.Store, session.LastEvent));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/api/records", null, 401);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/expenses", null, 401);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/openapi/v1.json", null, 401);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/api/records", null, 401, ("Authorization", "Bearer " + token[..63] + (token[63] == '0' ? '1' : '0')));
        await WebHost.SendAsync<RecordList>(page, HttpMethod.Get, "/api/records", null, 200, ("Authorization", "Bearer " + token));
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Post, "/api/token", new TokenRequest { Token = "wrong" }, 401);
        using HttpResponseMessage signedIn = await WebHost.AskAsync(page, HttpMethod.Post, "/api/token", new TokenRequest { Token = token });
        string cookie = Assert.Single(signedIn.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Empty((await WebHost.GetAsync<RecordList>(page, "/api/records")).Items);

        // Guesses are few.
        HttpStatusCode[] guesses = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(async i => (await WebHost.AskAsync(page, HttpMethod.Post, "/api/token", new TokenRequest { Token = $"{i}" })).StatusCode))];
        Assert.Contains(HttpStatusCode.TooManyRequests, guesses);
    }

    [Fact]
    public async Task With_OpenID_Connect_nobody_comes_in_unsigned_and_a_forged_token_is_refused()
    {
        await using WebHost host = new(("OpenId:Authority", "https://identity.invalid"), ("OpenId:ClientId", "billing"), ("OpenId:ClientSecret", "x"));
        HttpClient page = host.Page();
        Assert.Equal("openid", (await WebHost.GetAsync<SessionReply>(page, "/api/session")).SignIn);
        await WebHost.SendAsync<ProblemReply>(page, HttpMethod.Get, "/api/records", null, 401);
        Assert.Equal(401, (int)(await WebHost.AskAsync(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch, ("Idempotency-Key", "1"))).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:5000", SignInMode.None)]
    [InlineData("http://127.0.0.1:5000;http://[::1]:5000", SignInMode.None)]
    [InlineData("http://localhost:5000;http://192.168.1.5:5000", SignInMode.Token)]
    [InlineData("http://*:80", SignInMode.Token)]
    [InlineData("http://+:80", SignInMode.Token)]
    [InlineData("http://0.0.0.0:80", SignInMode.Token)]
    [InlineData("http://localhost.evil.example:80", SignInMode.Token)]
    internal void Only_loopback_needs_no_sign_in(string urls, SignInMode mode)
    {
        Assert.Equal(mode, Of(("urls", urls)).Mode);
        Assert.Equal(SignInMode.Token, Of(("http_ports", "8080")).Mode);
        Assert.Equal(SignInMode.Token, Of(("Kestrel:Endpoints:Http:Url", "http://10.0.0.1:80")).Mode);
        Assert.Equal(SignInMode.None, Of(("Kestrel:Endpoints:Http:Url", "http://localhost:80")).Mode);
    }

    private static SignInSettings Of(params (string Name, string Value)[] settings) =>
        SignInSettings.Of(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Name, pair => (string?)pair.Value)).Build());
}
