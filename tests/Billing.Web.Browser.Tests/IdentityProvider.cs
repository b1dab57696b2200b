using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Billing.Web.Browser.Tests;

/// <summary>
/// A small identity provider on loopback: discovery document, keys, authorize, token, with RS256 signatures. It demands what OAuth 2.1 does of the code flow: the registered address, a state, a
/// nonce, PKCE by SHA-256, each code and each refresh token once, and of the host the secret of its client. The client of the page without a host has none (<see cref="PublicClientId"/>).
/// </summary>
public sealed class IdentityProvider : IAsyncDisposable
{
    private const string KeyId = "1";
    private static readonly string[] s_people = ["reader", "clerk", "controller", "nobody", "denied"];
    private readonly WebApplication _app;
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Client, string Role, string Challenge, string Nonce, string Redirect)> _codes = [];
    private readonly ConcurrentDictionary<string, (string Role, string Nonce)> _refreshes = [];

    private IdentityProvider(WebApplication app, string address)
    {
        _app = app;
        Issuer = address;
    }

    /// <summary>Its address, and the issuer of its tokens. It is another site than that of the host, which is at 127.0.0.1.</summary>
    public string Issuer { get; }

    /// <summary>The id of the client.</summary>
    public static string ClientId => "billing";

    /// <summary>The id of a client that has no secret: a page.</summary>
    public static string PublicClientId => "billing-page";

    /// <summary>The scope of the access tokens.</summary>
    public static string Scope => "billing";

    /// <summary>The secret of the client.</summary>
    public static string ClientSecret => "a secret of this test";

    /// <summary>Changes the claims of the next tokens, as a provider that is not the right one would.</summary>
    public Action<JsonObject>? Spoil { get; set; }

    /// <summary>Whether tokens are signed with a key that is not published.</summary>
    public bool SignsWithAnotherKey { get; set; }

    /// <summary>Changes the state that comes back.</summary>
    public bool MixesUpState { get; set; }

    /// <summary>Seconds until the access tokens of the public client expire.</summary>
    public int AccessSeconds { get; set; } = 300;

    /// <summary>Whether the public client gets refresh tokens.</summary>
    public bool GivesRefreshTokens { get; set; }

    /// <summary>Whether codes and refresh tokens are refused.</summary>
    public bool RefusesTokens { get; set; }

    /// <summary>Whether it fails, as a server in trouble.</summary>
    public bool IsBroken { get; set; }

    /// <summary>Changes the claims of the next access tokens.</summary>
    public Action<JsonObject>? SpoilAccess { get; set; }

    /// <summary>The grants that were given, in their order.</summary>
    public ConcurrentQueue<string> Grants { get; } = [];

    /// <summary>The sessions that were ended: client and address to return to.</summary>
    public ConcurrentQueue<string> SignOuts { get; } = [];

    /// <summary>Whether its discovery document names an address where sessions end; read once by each host.</summary>
    public bool EndsSessions { get; set; } = true;

    /// <summary>The names of those whose session was ended.</summary>
    public ConcurrentQueue<string> Ended { get; } = [];

    /// <summary>What was wrong with what the host asked.</summary>
    public ConcurrentQueue<string> Faults { get; } = [];

    public static async Task<IdentityProvider> StartAsync()
    {
        string address = FormattableString.Invariant($"http://localhost:{RunningHost.FreePort()}");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address);
        IdentityProvider provider = new(builder.Build(), address);
        provider._app.Run(provider.AnswerAsync);
        await provider._app.StartAsync();
        return provider;
    }

    /// <summary>A token for a program, signed as the others are.</summary>
    public string Token(string role) => Signed(Claims(role, null));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private Task AnswerAsync(HttpContext context)
    {
        // A page of another origin reads what is public, and changes its codes for tokens.
        context.Response.Headers.AccessControlAllowOrigin = "*";
        if (!IsBroken)
        {
            return RouteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private Task RouteAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/.well-known/openid-configuration" => Json(context, Discovery()),
        "/keys" => Json(context, Keys()),
        "/authorize" => AuthorizeAsync(context),
        "/token" => TokenAsync(context),
        "/end" => EndAsync(context),
        _ => Task.CompletedTask,
    };

    private JsonObject Discovery()
    {
        JsonObject document = new()
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = Issuer + "/authorize",
            ["token_endpoint"] = Issuer + "/token",
            ["jwks_uri"] = Issuer + "/keys",
            ["response_types_supported"] = new JsonArray("code"),
            ["subject_types_supported"] = new JsonArray("public"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        };
        if (EndsSessions)
        {
            document["end_session_endpoint"] = Issuer + "/end";
        }

        return document;
    }

    private JsonObject Keys()
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "RS256", ["kid"] = KeyId, ["n"] = Text(key.Modulus!), ["e"] = Text(key.Exponent!) }) };
    }

    // Shows who can sign in; who is chosen comes back with a code.
    private async Task AuthorizeAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string redirect = query["redirect_uri"].ToString();
        string client = query["client_id"].ToString();
        Demand((client == ClientId || client == PublicClientId) && query["response_type"] == "code", "client_id, response_type");
        Demand(query["scope"].ToString().Split(' ').Contains("openid"), "scope");
        Demand(query["code_challenge_method"] == "S256" && query["code_challenge"].ToString().Length == 43, "code_challenge");
        Demand(query["state"].ToString().Length > 0 && query["nonce"].ToString().Length > 0, "state, nonce");
        Demand(redirect.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && (client == ClientId ? redirect.EndsWith("/signin-oidc", StringComparison.Ordinal) : new Uri(redirect).PathAndQuery == "/"), "redirect_uri");
        if (query["as"].ToString() is not { Length: > 0 } role)
        {
            string here = context.Request.QueryString.Value!.Replace("&", "&amp;", StringComparison.Ordinal);
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync($"<!doctype html><html lang=en><link rel=icon href='data:,'><title>Provider</title><h1>Who are you?</h1>{string.Concat(s_people.Select(one => $"<p><a href='/authorize{here}&amp;as={one}'>{one}</a>"))}");
            return;
        }

        Demand(client == ClientId || query["scope"] == "openid " + Scope, "scope of the page");
        string state = Uri.EscapeDataString(MixesUpState ? query["state"].ToString()[..^8] + "AAAAAAAA" : query["state"].ToString());
        if (role == "denied")
        {
            context.Response.Redirect($"{redirect}?error=access_denied&state={state}");
            return;
        }

        if (role == "nobody" && client == PublicClientId)
        {
            context.Response.Redirect($"{redirect}?error=server_error&error_description=The+directory+is+down&state={state}");
            return;
        }

        string code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (client, role, query["code_challenge"].ToString(), query["nonce"].ToString(), redirect);
        context.Response.Redirect($"{redirect}?code={code}&state={state}");
    }

    private async Task TokenAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        if (form["grant_type"] == "refresh_token")
        {
            await RefreshAsync(context, form);
            return;
        }

        bool isKnown = _codes.TryRemove(form["code"].ToString(), out (string Client, string Role, string Challenge, string Nonce, string Redirect) code);
        bool isRight = isKnown && form["grant_type"] == "authorization_code" && form["client_id"] == code.Client && form["client_secret"].ToString() == (code.Client == ClientId ? ClientSecret : "") && form["redirect_uri"] == code.Redirect
            && Text(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == code.Challenge;
        Demand(isRight, "the request for a token");
        if (!isRight || RefusesTokens)
        {
            await RefuseAsync(context);
            return;
        }

        if (code.Client == PublicClientId)
        {
            Grants.Enqueue("code");
            await GiveAsync(context, code.Role, code.Nonce);
            return;
        }

        await Json(context, new JsonObject { ["access_token"] = "opaque", ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = Signed(Claims(code.Role, code.Nonce)) });
    }

    private async Task RefreshAsync(HttpContext context, IFormCollection form)
    {
        bool isRight = _refreshes.TryRemove(form["refresh_token"].ToString(), out (string Role, string Nonce) refresh) && form["client_id"] == PublicClientId;
        Demand(isRight, "the refresh token");
        if (!isRight || RefusesTokens)
        {
            await RefuseAsync(context);
            return;
        }

        Grants.Enqueue("refresh");
        await GiveAsync(context, refresh.Role, refresh.Nonce);
    }

    private static async Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        await Json(context, new JsonObject { ["error"] = "invalid_grant", ["error_description"] = "The grant is over." });
    }

    // An access token for the APIs, which check it, and who it is for.
    private async Task GiveAsync(HttpContext context, string role, string nonce)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        JsonObject access = new() { ["iss"] = Issuer, ["client_id"] = PublicClientId, ["sub"] = "ada-" + role, ["scope"] = "openid " + Scope, ["iat"] = now, ["exp"] = now + AccessSeconds, ["jti"] = Guid.NewGuid().ToString() };
        SpoilAccess?.Invoke(access);
        JsonObject claims = Claims(role, nonce, PublicClientId);
        JsonObject reply = new() { ["access_token"] = Signed(access), ["token_type"] = "Bearer", ["expires_in"] = AccessSeconds, ["id_token"] = Signed(claims) };
        if (GivesRefreshTokens)
        {
            string refresh = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            _refreshes[refresh] = (role, nonce);
            reply["refresh_token"] = refresh;
        }

        await Json(context, reply);
    }

    // RP-Initiated Logout 1.0: by the token that it gave, and back only to the registered address.
    private Task EndAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string redirect = query["post_logout_redirect_uri"].ToString();
        string[] token = query["id_token_hint"].ToString().Split('.');
        bool isOurs = token.Length == 3 && _key.VerifyData(Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(token[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Demand(isOurs, "id_token_hint");
        Demand(query["client_id"] == ClientId || query["client_id"] == PublicClientId, "client_id at the end");
        SignOuts.Enqueue($"{query["client_id"]} {redirect}");
        Demand(redirect.StartsWith("http://127.0.0.1:", StringComparison.Ordinal) && new Uri(redirect).PathAndQuery == "/", "post_logout_redirect_uri");
        if (isOurs)
        {
            Ended.Enqueue(JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token[1]))!["name"]!.GetValue<string>());
        }

        context.Response.Redirect(redirect);
        return Task.CompletedTask;
    }

    private JsonObject Claims(string role, string? nonce, string? audience = null)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        JsonObject claims = new()
        {
            ["iss"] = Issuer, ["aud"] = audience ?? ClientId, ["sub"] = "ada-" + role, ["name"] = "Ada (" + role + ")", ["iat"] = now, ["nbf"] = now, ["exp"] = now + 300,
        };
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        if (role != "nobody")
        {
            claims["roles"] = new JsonArray(role, "something else");
        }

        Spoil?.Invoke(claims);
        return claims;
    }

    private string Signed(JsonObject claims)
    {
        string content = $"{Text("""{"alg":"RS256","typ":"JWT","kid":"1"}"""u8)}.{Text(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        using RSA other = RSA.Create(2048);
        return $"{content}.{Text((SignsWithAnotherKey ? other : _key).SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private void Demand(bool holds, string what)
    {
        if (!holds)
        {
            Faults.Enqueue(what);
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static async Task Json(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(JsonSerializerOptions.Default));
    }
}
