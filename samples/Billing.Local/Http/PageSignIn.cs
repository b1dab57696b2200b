using System.Text.Json.Nodes;

namespace Billing.Local.Http;

/// <summary>How readers of the page sign in, as its settings say it.</summary>
/// <param name="Provider">The settings of the provider; null where the reader brings an access token.</param>
/// <param name="Addresses">What the page may ask there: two addresses, and nothing else at the provider.</param>
internal sealed record PageSignIn(JsonObject? Provider, IReadOnlyList<string> Addresses)
{
    /// <summary>What the options say.</summary>
    /// <exception cref="LocalException">The issuer has no token endpoint.</exception>
    public static PageSignIn? Of(TokenTrust? trust, TokenCheck? tokens, string? client)
    {
        if (trust is null || tokens is null)
        {
            return null;
        }

        if (client is null)
        {
            return new PageSignIn(null, []);
        }

        Uri endpoint = tokens.TokenEndpoint ?? throw new LocalException($"{tokens.Discovery} names no token_endpoint, so the page could not sign in. Leave out --page-client, or name another issuer.");
        JsonObject provider = new() { ["issuer"] = trust.Issuer, ["clientId"] = client, ["scopes"] = $"openid {string.Join(' ', trust.Scopes)}" };
        return new PageSignIn(provider, [tokens.Discovery.AbsoluteUri, endpoint.GetLeftPart(UriPartial.Path)]);
    }

    /// <summary>Adds it to the settings of the page.</summary>
    public void AddTo(JsonObject settings)
    {
        settings["signIn"] = Provider is null ? "token" : "openid";
        if (Provider is not null)
        {
            settings["openId"] = Provider.DeepClone();
        }
    }
}
