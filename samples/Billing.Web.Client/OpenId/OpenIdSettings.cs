namespace Billing.Web.Client.OpenId;

/// <summary>Where people sign in, by OpenID Connect: <c>openId</c> in <c>settings.json</c>.</summary>
public sealed record OpenIdSettings
{
    /// <summary>The issuer of the tokens, without a slash at its end unless it has one in its tokens. Its discovery document names the other addresses.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The id of the page's client. It has no secret: a page cannot keep one.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>The scopes to ask for, separated by blanks; <c>openid</c> is one of them. Default <c>openid</c>.</summary>
    public string Scopes { get; init; } = "openid";

    /// <summary>Where signing out ends the session at a provider whose discovery document does not say it: it is given <c>client_id</c> and <c>logout_uri</c>, as Cognito expects. Default none.</summary>
    public string? SignOut { get; init; }

    /// <summary>Whether they can be used. Without TLS a provider could be anybody, unless it runs on the same machine.</summary>
    public bool IsComplete => IsSafe(Issuer) && ClientId.Length > 0 && Scopes.Split(' ').Contains("openid") && (SignOut is null || IsSafe(SignOut));

    /// <summary>Whether an address has TLS, or is on this machine.</summary>
    public static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
