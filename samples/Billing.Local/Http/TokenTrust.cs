namespace Billing.Local.Http;

/// <summary>Whose access tokens the HTTP APIs accept.</summary>
/// <param name="Issuer">The issuer, exactly as its tokens name it.</param>
/// <param name="Audience">The audience of the tokens, or the client that they were issued to.</param>
/// <param name="Scopes">A token must have one of these.</param>
internal sealed record TokenTrust(string Issuer, string Audience, IReadOnlyList<string> Scopes)
{
    private const string DefaultScopes = "billing";

    /// <summary>What the options say; null if nobody signs in.</summary>
    /// <exception cref="LocalException">The options contradict each other, or would look protected and are not.</exception>
    public static TokenTrust? Of(LocalOptions options, bool hasPage)
    {
        if (options.TokenIssuer is not { } issuer)
        {
            string? alone = options.PageClient is not null ? "--page-client" : options.TokenAudience is not null ? "--token-audience" : options.TokenScopes is not null ? "--token-scopes" : null;
            return alone is null ? null : throw new LocalException($"{alone} needs --token-issuer: without it the APIs answer everybody, and signing in would protect nothing.");
        }

        if (options.TokenAudience is not { Length: > 0 } audience)
        {
            throw new LocalException("--token-issuer needs --token-audience: without it the APIs would accept tokens that were issued for anything.");
        }

        // In a policy of the page's headers, a semicolon or a comma would begin something else.
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out Uri? address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) || issuer.AsSpan().IndexOfAny("?#;, ") >= 0)
        {
            throw new LocalException($"--token-issuer is '{issuer}'. Use an address with https, or one of this machine, such as https://login.example.com.");
        }

        string[] scopes = (options.TokenScopes ?? DefaultScopes).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (scopes.Length == 0)
        {
            throw new LocalException("--token-scopes is empty. State one or more scopes, separated by blanks; a token must have one of them.");
        }

        return options.PageClient is null || hasPage
            ? new TokenTrust(issuer, audience, scopes)
            : throw new LocalException("--page-client needs the page. Make it with `dotnet publish samples/Billing.Web.Client -c Release -o FOLDER`, and name FOLDER with --page.");
    }
}
