using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Billing.Web.Client.OpenId;

/// <summary>Requests to the provider, and the addresses at it that the browser goes to.</summary>
public sealed class OpenIdProvider(HttpClient http, Host.PageSettings page)
{
    private OpenIdDocument? _document;

    private OpenIdSettings Settings => page.OpenId is { IsComplete: true } settings ? settings : throw new OpenIdException(OpenIdFault.Settings);

    /// <summary>Reads what the provider says of itself, once. It must be the issuer that the settings name.</summary>
    /// <exception cref="OpenIdException">It cannot be reached, or says something else.</exception>
    internal async Task<OpenIdDocument> DocumentAsync()
    {
        if (_document is { } known)
        {
            return known;
        }

        using HttpRequestMessage request = new(HttpMethod.Get, Settings.Issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        (bool isOk, OpenIdDocument? document) = await SendAsync(request, OpenIdJsonContext.Default.OpenIdDocument, OpenIdFault.Discovery);
        bool isRight = isOk && document is not null && document.Issuer == Settings.Issuer && OpenIdSettings.IsSafe(document.Authorize) && OpenIdSettings.IsSafe(document.Token);
        return _document = isRight ? document! : throw new OpenIdException(OpenIdFault.Discovery, document?.Issuer);
    }

    /// <summary>The address of the page at the provider on which people sign in.</summary>
    /// <exception cref="OpenIdException">The provider cannot be asked for it.</exception>
    internal async Task<string> SignInAsync(OpenIdFlow flow, string back) => With((await DocumentAsync()).Authorize!,
        ("response_type", "code"),
        ("client_id", Settings.ClientId),
        ("redirect_uri", back),
        ("scope", Settings.Scopes),
        ("state", flow.State),
        ("nonce", flow.Nonce),
        ("code_challenge", flow.Challenge),
        ("code_challenge_method", "S256"));

    /// <summary>The address that ends the session at the provider; null where it has none, or cannot be asked.</summary>
    internal async Task<string?> SignOutAsync(string? idToken, string back)
    {
        if (Settings.SignOut is { } stated)
        {
            return With(stated, ("client_id", Settings.ClientId), ("logout_uri", back));
        }

        try
        {
            return (await DocumentAsync()).EndSession is { } end && OpenIdSettings.IsSafe(end) ? With(end, ("id_token_hint", idToken), ("client_id", Settings.ClientId), ("post_logout_redirect_uri", back)) : null;
        }
        catch (OpenIdException)
        {
            // The page forgets its tokens all the same.
            return null;
        }
    }

    /// <summary>Changes a code for tokens.</summary>
    /// <exception cref="OpenIdException">The provider refuses, or cannot be reached.</exception>
    internal Task<OpenIdTokens> RedeemAsync(OpenIdFlow flow, string code, string back) => TokensAsync(
        ("grant_type", "authorization_code"), ("client_id", Settings.ClientId), ("code", code), ("redirect_uri", back), ("code_verifier", flow.Verifier));

    /// <summary>Fetches new tokens without asking the reader.</summary>
    /// <exception cref="OpenIdException">The provider refuses, or cannot be reached.</exception>
    internal Task<OpenIdTokens> RenewAsync(string refresh) => TokensAsync(("grant_type", "refresh_token"), ("client_id", Settings.ClientId), ("refresh_token", refresh));

    /// <summary>Checks who signed in.</summary>
    /// <exception cref="OpenIdException">The id token is not right.</exception>
    internal IdToken Identify(OpenIdTokens tokens, string nonce, bool needsNonce, DateTimeOffset now) => IdToken.Read(tokens.Id, Settings, nonce, needsNonce, now);

    private static string With(string address, params (string Name, string? Value)[] parameters) =>
        $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{string.Join('&', parameters.Where(one => one.Value is not null).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}"))}";

    private async Task<OpenIdTokens> TokensAsync(params (string Name, string Value)[] form)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, (await DocumentAsync()).Token) { Content = new FormUrlEncodedContent(form.Select(one => KeyValuePair.Create(one.Name, one.Value))) };
        (bool isOk, OpenIdTokens? tokens) = await SendAsync(request, OpenIdJsonContext.Default.OpenIdTokens, OpenIdFault.Tokens);
        if (!isOk || tokens?.Error is not null)
        {
            throw new OpenIdException(OpenIdFault.Said(OpenIdFault.Refused, tokens?.Error, tokens?.Description));
        }

        return tokens is { Access.Length: > 0 } && string.Equals(tokens.Type, "Bearer", StringComparison.OrdinalIgnoreCase) ? tokens : throw new OpenIdException(OpenIdFault.Tokens);
    }

    // A refusal comes with its reason in JSON. What is no JSON is a fault of its own only where it is no refusal.
    private async Task<(bool IsOk, T? Value)> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, string unreadable)
        where T : class
    {
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request);
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            if ((int)response.StatusCode >= 500)
            {
                throw new OpenIdException(OpenIdFault.Unreachable);
            }

            try
            {
                return (response.IsSuccessStatusCode, JsonSerializer.Deserialize(body, type));
            }
            catch (JsonException)
            {
                return response.IsSuccessStatusCode ? throw new OpenIdException(unreadable) : (false, null);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new OpenIdException(OpenIdFault.Unreachable);
        }
    }
}
