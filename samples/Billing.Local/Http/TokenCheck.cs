using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Billing.Local.Http;

/// <summary>Checks access tokens as the JWT authorizer of an HTTP API does: signature, issuer, audience, times, and one of the scopes.</summary>
internal sealed class TokenCheck : IAsyncDisposable
{
    private const string BearerWord = "Bearer ";
    private static readonly TimeSpan s_keysStay = TimeSpan.FromSeconds(10);
    private static readonly JsonWebTokenHandler s_handler = new();

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(15) };
    private readonly TokenTrust _trust;
    private readonly TimeProvider _time;
    private string _keysAddress = "";
    private IList<SecurityKey> _keys = [];
    private DateTimeOffset _keysRead;

    private TokenCheck(TokenTrust trust, TimeProvider time)
    {
        _trust = trust;
        _time = time;
    }

    /// <summary>Where the provider says what it is.</summary>
    public Uri Discovery => new(_trust.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");

    /// <summary>Where the page changes a code for tokens.</summary>
    public Uri? TokenEndpoint { get; private set; }

    /// <summary>Reads where the issuer has its keys, and the keys.</summary>
    /// <exception cref="LocalException">It cannot be reached, or is another issuer.</exception>
    public static async Task<TokenCheck> StartAsync(TokenTrust trust, TimeProvider time, CancellationToken cancellationToken)
    {
        TokenCheck check = new(trust, time);
        try
        {
            using JsonDocument document = JsonDocument.Parse(await check._http.GetStringAsync(check.Discovery, cancellationToken));
            string? issuer = Text(document.RootElement, "issuer");
            if (issuer != trust.Issuer)
            {
                throw new LocalException($"The issuer at {check.Discovery} is '{issuer}', and --token-issuer is '{trust.Issuer}'. State it exactly as the provider does.");
            }

            check._keysAddress = Text(document.RootElement, "jwks_uri") ?? throw new LocalException($"{check.Discovery} names no jwks_uri. Name another issuer with --token-issuer.");
            check.TokenEndpoint = Uri.TryCreate(Text(document.RootElement, "token_endpoint"), UriKind.Absolute, out Uri? endpoint) ? endpoint : null;
            await check.ReadKeysAsync(cancellationToken);
            return check;
        }
        catch (Exception exception)
        {
            await check.DisposeAsync();
            throw exception is HttpRequestException or JsonException or ArgumentException or InvalidOperationException or TaskCanceledException { InnerException: TimeoutException }
                ? new LocalException($"The issuer {trust.Issuer} cannot be used: {exception.Message} Name one that answers at {check.Discovery} with --token-issuer.", exception)
                : exception;
        }
    }

    /// <summary>Checks a request.</summary>
    /// <param name="authorization">Its header <c>Authorization</c>.</param>
    /// <param name="cancellationToken">Stops the waiting for keys.</param>
    /// <returns>The status to refuse it with, and why; null if it may pass.</returns>
    public async Task<(int Status, string Why)?> RefusalAsync(string authorization, CancellationToken cancellationToken)
    {
        if (!authorization.StartsWith(BearerWord, StringComparison.OrdinalIgnoreCase))
        {
            return (401, "no access token");
        }

        string text = authorization[BearerWord.Length..].Trim();
        TokenValidationResult result = await s_handler.ValidateTokenAsync(text, Parameters());
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException && _time.GetUtcNow() - _keysRead > s_keysStay)
        {
            // The issuer has new keys.
            try
            {
                await ReadKeysAsync(cancellationToken);
            }
            catch (Exception gone) when (gone is HttpRequestException or ArgumentException or TaskCanceledException { InnerException: TimeoutException })
            {
                return (500, $"the keys of {_trust.Issuer} cannot be read: {gone.Message}");
            }

            result = await s_handler.ValidateTokenAsync(text, Parameters());
        }

        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
        {
            return (401, result.Exception.GetType().Name);
        }

        // As API Gateway: the client stands for the audience only where there is none.
        string[] audiences = [.. token.Audiences];
        if (audiences.Length > 0 ? !audiences.Contains(_trust.Audience) : Of(token, "client_id").FirstOrDefault() != _trust.Audience)
        {
            return (401, $"the token is not for {_trust.Audience}");
        }

        return Of(token, "scope").Concat(Of(token, "scp")).Intersect(_trust.Scopes).Any() ? null : (403, $"the token has no scope of {string.Join(' ', _trust.Scopes)}");
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? Text(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // The words of a claim: a text with blanks, or a list.
    private static IEnumerable<string> Of(JsonWebToken token, string name) => token.Claims.Where(claim => claim.Type == name).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private async Task ReadKeysAsync(CancellationToken cancellationToken)
    {
        _keys = new JsonWebKeySet(await _http.GetStringAsync(new Uri(_keysAddress), cancellationToken)).GetSigningKeys();
        _keysRead = _time.GetUtcNow();
    }

    private TokenValidationParameters Parameters() => new()
    {
        ValidIssuer = _trust.Issuer,
        // Checked above, with what takes its place.
        ValidateAudience = false,
        IssuerSigningKeys = _keys,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ClockSkew = TimeSpan.Zero,
    };
}
