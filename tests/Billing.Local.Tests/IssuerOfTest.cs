using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Local.Http;
using Microsoft.AspNetCore.Http;

namespace Billing.Local.Tests;

/// <summary>An issuer of access tokens on this machine: discovery document, keys, signatures.</summary>
internal sealed class IssuerOfTest : IAsyncDisposable
{
    private LoopbackServer? _server;
    private RSA _key = RSA.Create(2048);
    private int _keyNumber = 1;

    /// <summary>Its address, and the issuer of its tokens.</summary>
    public string Address => FormattableString.Invariant($"http://127.0.0.1:{_server!.Port}");

    /// <summary>What it says its name is.</summary>
    public string? SaysItIs { get; set; }

    /// <summary>Whether its keys can be read.</summary>
    public bool HidesKeys { get; set; }

    public static async Task<IssuerOfTest> StartAsync(CancellationToken cancellationToken)
    {
        IssuerOfTest issuer = new();
        issuer._server = await LoopbackServer.StartAsync(0, issuer.AnswerAsync, cancellationToken);
        return issuer;
    }

    /// <summary>Signs with another key from now on.</summary>
    public void ChangeKey()
    {
        _key.Dispose();
        (_key, _keyNumber) = (RSA.Create(2048), _keyNumber + 1);
    }

    /// <summary>A token that is valid, but for what the test changes.</summary>
    public string Token(Action<JsonObject>? change = null, string algorithm = "RS256", bool isSigned = true)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        JsonObject claims = new() { ["iss"] = Address, ["client_id"] = "page", ["sub"] = "ada", ["scope"] = "openid billing", ["iat"] = now, ["exp"] = now + 60 };
        change?.Invoke(claims);
        string content = $"{Text(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{_keyNumber}}"}"""))}.{Text(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{content}.{(isSigned ? Text(_key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) : "")}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _key.Dispose();
    }

    private Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        JsonObject? body = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => new JsonObject { ["issuer"] = SaysItIs ?? Address, ["jwks_uri"] = Address + "/keys", ["token_endpoint"] = Address + "/token?x=1" },
            "/keys" when !HidesKeys => new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = FormattableString.Invariant($"{_keyNumber}"), ["n"] = Text(key.Modulus!), ["e"] = Text(key.Exponent!) }) },
            _ => null,
        };
        context.Response.StatusCode = body is null ? 404 : 200;
        return context.Response.WriteAsync(body?.ToJsonString() ?? "", cancellationToken);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
