using System.Text.Json;

namespace Billing.Infrastructure.Parts;

/// <summary>Where readers of the page sign in by OpenID Connect.</summary>
/// <param name="Tokens">Whose tokens the APIs accept.</param>
/// <param name="Client">The id of the page's client. It has no secret.</param>
/// <param name="TokenEndpoint">Where the page changes a code for tokens.</param>
/// <param name="SignOut">Where signing out ends the session, if the discovery document does not say it.</param>
internal sealed record PageOpenId(TokenSource Tokens, string Client, string TokenEndpoint, string? SignOut)
{
    /// <summary>What the page may ask at the provider: two addresses, and nothing else there. Others have pools at Cognito's addresses too.</summary>
    public IReadOnlyList<string> Addresses => [$"{Tokens.Issuer.TrimEnd('/')}/.well-known/openid-configuration", TokenEndpoint];

    /// <summary>What the settings say; null if the page has no client.</summary>
    public static PageOpenId? Of(CloudSettings settings, TokenSource? tokens) =>
        settings.PageClient is { } client ? new PageOpenId(tokens!, client, settings.TokenEndpoint!, null) : null;

    /// <summary>Its part of the page's settings, in JSON.</summary>
    public string ToJson() =>
        $$"""{ "issuer": {{Quoted(Tokens.Issuer)}}, "clientId": {{Quoted(Client)}}, "scopes": {{Quoted($"openid {string.Join(' ', Tokens.Scopes)}")}}{{(SignOut is null ? "" : $", \"signOut\": {Quoted(SignOut)}")}} }""";

    // What the CDK puts in place of a value that is not known yet must stay as it is.
    private static string Quoted(string value) => value.Contains("${Token[", StringComparison.Ordinal) ? $"\"{value}\"" : JsonSerializer.Serialize(value);
}
