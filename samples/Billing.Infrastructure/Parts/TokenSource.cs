namespace Billing.Infrastructure.Parts;

/// <summary>Whose access tokens the HTTP APIs accept.</summary>
/// <param name="Issuer">The issuer of the tokens.</param>
/// <param name="Audience">Their audience, or the client that they are issued to.</param>
/// <param name="Scopes">A token must have one of these.</param>
internal sealed record TokenSource(string Issuer, string Audience, IReadOnlyList<string> Scopes)
{
    /// <summary>The issuer that the settings name; null if they name none.</summary>
    public static TokenSource? Of(CloudSettings settings) =>
        settings.TokenIssuer is { } issuer ? new TokenSource(issuer, settings.TokenAudience!, [.. settings.TokenScopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)]) : null;
}
