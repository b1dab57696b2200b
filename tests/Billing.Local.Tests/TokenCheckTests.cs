using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.Local.Http;
using Billing.Local.Systems;

namespace Billing.Local.Tests;

/// <summary>Access tokens, checked as the JWT authorizer of the cloud checks them.</summary>
public sealed class TokenCheckTests : IAsyncLifetime
{
    private IssuerOfTest? _issuer;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IssuerOfTest Issuer => _issuer!;

    public async ValueTask InitializeAsync() => _issuer = await IssuerOfTest.StartAsync(Token);

    public ValueTask DisposeAsync() => Issuer.DisposeAsync();

    [Theory]
    [InlineData("right", null)]
    [InlineData("audience instead of client", null)]
    [InlineData("scp", null)]
    [InlineData("none", 401)]
    [InlineData("no token", 401)]
    [InlineData("unsigned", 401)]
    [InlineData("symmetric", 401)]
    [InlineData("other key", 401)]
    [InlineData("issuer", 401)]
    [InlineData("client", 401)]
    [InlineData("audience", 401)]
    [InlineData("neither", 401)]
    [InlineData("expired", 401)]
    [InlineData("no end", 401)]
    [InlineData("not yet", 401)]
    [InlineData("scope", 403)]
    public async Task A_token_passes_only_if_everything_is_right(string what, int? status)
    {
        await using TokenCheck check = await StartAsync();
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await using IssuerOfTest other = await IssuerOfTest.StartAsync(Token);
        string header = what switch
        {
            "none" => "",
            "no token" => "Bearer x.y.z",
            "unsigned" => "Bearer " + Issuer.Token(algorithm: "none", isSigned: false),
            "symmetric" => "Bearer " + Issuer.Token(algorithm: "HS256"),
            "other key" => "Bearer " + other.Token(claims => claims["iss"] = Issuer.Address),
            _ => "Bearer " + Issuer.Token(claims =>
            {
                switch (what)
                {
                    case "audience instead of client":
                        (claims["aud"], claims["client_id"]) = (new JsonArray("else", "page"), "another");
                        break;
                    case "scp":
                        (claims["scope"], claims["scp"]) = (null, new JsonArray("billing"));
                        break;
                    case "issuer":
                        claims["iss"] = "https://other.invalid";
                        break;
                    case "client":
                        claims["client_id"] = "another";
                        break;
                    case "audience":
                        claims["aud"] = "another";
                        break;
                    case "neither":
                        claims.Remove("client_id");
                        break;
                    case "expired":
                        claims["exp"] = now - 1;
                        break;
                    case "no end":
                        claims.Remove("exp");
                        break;
                    case "not yet":
                        claims["nbf"] = now + 30;
                        break;
                    case "scope":
                        claims["scope"] = "openid billing.read";
                        break;
                }
            }),
        };
        Assert.Equal(status, (await check.RefusalAsync(header, Token))?.Status);
    }

    [Fact]
    public async Task New_keys_of_the_issuer_are_read_but_not_for_every_stranger()
    {
        ClockOfTest clock = new();
        await using TokenCheck check = await TokenCheck.StartAsync(Trust(), clock, Token);
        Issuer.ChangeKey();
        string header = "Bearer " + Issuer.Token();
        Assert.Equal(401, (await check.RefusalAsync(header, Token))?.Status);
        clock.Now += TimeSpan.FromSeconds(11);
        Issuer.HidesKeys = true;
        Assert.Equal(500, (await check.RefusalAsync(header, Token))?.Status);
        Issuer.HidesKeys = false;
        Assert.Null(await check.RefusalAsync(header, Token));
    }

    [Fact]
    public async Task An_issuer_that_is_another_or_not_there_is_told_before_anything_starts()
    {
        Issuer.SaysItIs = "https://other.invalid";
        LocalException other = await Assert.ThrowsAsync<LocalException>(StartAsync);
        Assert.Contains($"The issuer at {Issuer.Address}/.well-known/openid-configuration is 'https://other.invalid'", other.Message, StringComparison.Ordinal);
        (Issuer.SaysItIs, Issuer.HidesKeys) = (null, true);
        LocalException gone = await Assert.ThrowsAsync<LocalException>(StartAsync);
        Assert.StartsWith($"The issuer {Issuer.Address} cannot be used:", gone.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_answers_who_has_a_token_and_lets_the_page_read_why_it_refuses()
    {
        await using TokenCheck check = await StartAsync();
        int asked = 0;
        HttpGateway gateway = new("expenses API", Deployment.ExpensesRoutes, "*", (_, _, _) =>
        {
            asked++;
            return Task.FromResult(new InvocationResult { RequestId = "1", Payload = """{"statusCode":200,"body":"[]"}"""u8.ToArray() });
        }, (_, _, _) => { }, TimeProvider.System, () => null, check);
        await using LoopbackServer server = await LoopbackServer.StartAsync(0, gateway.AnswerAsync, Token);
        using HttpClient http = new() { BaseAddress = new Uri(FormattableString.Invariant($"http://127.0.0.1:{server.Port}")) };
        foreach ((string? token, int status, string body) in ((string?, int, string)[])[(null, 401, """{"message":"Unauthorized"}"""), (Issuer.Token(claims => claims["scope"] = "x"), 403, """{"message":"Forbidden"}"""), (Issuer.Token(), 200, "[]")])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "/expenses");
            request.Headers.Add("Origin", "http://127.0.0.1:4004");
            if (token is not null)
            {
                request.Headers.Authorization = new("Bearer", token);
            }

            using HttpResponseMessage response = await http.SendAsync(request, Token);
            Assert.Equal((status, body, "*"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token), response.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        }

        Assert.Equal(1, asked);
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/expenses");
        preflight.Headers.Add("Origin", "http://127.0.0.1:4004");
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        using HttpResponseMessage allowed = await http.SendAsync(preflight, Token);
        Assert.Equal((HttpStatusCode.NoContent, "authorization,content-type,idempotency-key"), (allowed.StatusCode, allowed.Headers.GetValues("Access-Control-Allow-Headers").Single()));
    }

    [Fact]
    public async Task The_page_may_ask_the_provider_two_addresses_and_its_settings_say_how_to_sign_in()
    {
        await using TokenCheck check = await StartAsync();
        string folder = Some.Folder();
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "", Token);
        (JsonElement Settings, string Policy) openId = await PageAsync(folder, PageSignIn.Of(Trust(), check, "page"));
        Assert.Equal("openid", openId.Settings.GetProperty("signIn").GetString());
        Assert.Equal($$"""{"issuer":"{{Issuer.Address}}","clientId":"page","scopes":"openid billing"}""", openId.Settings.GetProperty("openId").GetRawText());
        Assert.Contains($"connect-src 'self' http://127.0.0.1:4001 {Issuer.Address}/.well-known/openid-configuration {Issuer.Address}/token; ", openId.Policy, StringComparison.Ordinal);

        (JsonElement Settings, string Policy) token = await PageAsync(folder, PageSignIn.Of(Trust(), check, null));
        Assert.Equal("token", token.Settings.GetProperty("signIn").GetString());
        Assert.DoesNotContain(Issuer.Address, token.Policy, StringComparison.Ordinal);

        (JsonElement Settings, string Policy) nobody = await PageAsync(folder, PageSignIn.Of(null, null, null));
        Assert.False(nobody.Settings.TryGetProperty("signIn", out _));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Options_that_would_look_protected_and_are_not_are_refused()
    {
        Assert.Null(TokenTrust.Of(new LocalOptions(), hasPage: true));
        Assert.Equal(["a", "b"], TokenTrust.Of(new LocalOptions { TokenIssuer = "https://login.example.com", TokenAudience = "page", TokenScopes = " a b" }, hasPage: false)!.Scopes);
        Assert.Equal(["billing"], TokenTrust.Of(new LocalOptions { TokenIssuer = "http://localhost:9000", TokenAudience = "page" }, hasPage: false)!.Scopes);
        foreach ((LocalOptions options, string message) in ((LocalOptions, string)[])
        [
            (new LocalOptions { PageClient = "page" }, "--page-client needs --token-issuer: without it the APIs answer everybody"),
            (new LocalOptions { TokenAudience = "page" }, "--token-audience needs --token-issuer"),
            (new LocalOptions { TokenScopes = "billing" }, "--token-scopes needs --token-issuer"),
            (new LocalOptions { TokenIssuer = "https://login.example.com" }, "--token-issuer needs --token-audience"),
            (new LocalOptions { TokenIssuer = "http://login.example.com", TokenAudience = "page" }, "--token-issuer is 'http://login.example.com'. Use an address with https"),
            (new LocalOptions { TokenIssuer = "https://login.example.com;x", TokenAudience = "page" }, "--token-issuer is 'https://login.example.com;x'."),
            (new LocalOptions { TokenIssuer = "https://login.example.com", TokenAudience = "page", TokenScopes = " " }, "--token-scopes is empty."),
            (new LocalOptions { TokenIssuer = "https://login.example.com", TokenAudience = "page", PageClient = "page" }, "--page-client needs the page."),
        ])
        {
            Assert.StartsWith(message, Assert.Throws<LocalException>(() => TokenTrust.Of(options, hasPage: false)).Message, StringComparison.Ordinal);
        }
    }

    private static async Task<(JsonElement Settings, string Policy)> PageAsync(string folder, PageSignIn? signIn)
    {
        PageEndpoint endpoint = new(folder, new Dictionary<string, Uri> { ["expenses"] = new("http://127.0.0.1:4001/") }, "USD", ["USD"], signIn);
        await using LoopbackServer server = await LoopbackServer.StartAsync(0, endpoint.AnswerAsync, Token);
        using HttpClient http = new();
        using HttpResponseMessage response = await http.GetAsync(new Uri(FormattableString.Invariant($"http://127.0.0.1:{server.Port}/settings.json")), Token);
        return (JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)), response.Headers.GetValues("Content-Security-Policy").Single());
    }

    private TokenTrust Trust() => new(Issuer.Address, "page", ["billing"]);

    private Task<TokenCheck> StartAsync() => TokenCheck.StartAsync(Trust(), TimeProvider.System, Token);

    private sealed class ClockOfTest : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
