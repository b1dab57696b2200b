using System.Text.Json.Serialization;

namespace Billing.Web.Client.OpenId;

/// <summary>What the token endpoint answers: tokens, or why there are none (RFC 6749).</summary>
public sealed record OpenIdTokens
{
    [JsonPropertyName("access_token")]
    public string? Access { get; init; }

    [JsonPropertyName("token_type")]
    public string? Type { get; init; }

    /// <summary>Seconds until the access token expires; null if the provider does not say.</summary>
    [JsonPropertyName("expires_in")]
    public long? ExpiresIn { get; init; }

    [JsonPropertyName("refresh_token")]
    public string? Refresh { get; init; }

    [JsonPropertyName("id_token")]
    public string? Id { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("error_description")]
    public string? Description { get; init; }
}
