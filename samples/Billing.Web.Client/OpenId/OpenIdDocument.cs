using System.Text.Json.Serialization;

namespace Billing.Web.Client.OpenId;

/// <summary>What a provider says of itself: its discovery document (OpenID Connect Discovery 1.0).</summary>
public sealed record OpenIdDocument
{
    [JsonPropertyName("issuer")]
    public string? Issuer { get; init; }

    [JsonPropertyName("authorization_endpoint")]
    public string? Authorize { get; init; }

    [JsonPropertyName("token_endpoint")]
    public string? Token { get; init; }

    [JsonPropertyName("end_session_endpoint")]
    public string? EndSession { get; init; }

    /// <summary>Whether every answer names the issuer (RFC 9207).</summary>
    [JsonPropertyName("authorization_response_iss_parameter_supported")]
    public bool NamesIssuer { get; init; }
}
