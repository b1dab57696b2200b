using System.Text.Json;
using System.Text.Json.Serialization;

namespace Billing.LambdaEvents;

/// <summary>Who sent a request to an HTTP API, and where to.</summary>
public sealed class HttpApiRequestContext
{
    /// <summary>The id of the account that owns the API, or null.</summary>
    [JsonPropertyName("accountId")]
    public string? AccountId { get; init; }

    /// <summary>The id of the API, or null.</summary>
    [JsonPropertyName("apiId")]
    public string? ApiId { get; init; }

    /// <summary>The domain name, or null.</summary>
    [JsonPropertyName("domainName")]
    public string? DomainName { get; init; }

    /// <summary>The method, path and caller.</summary>
    [JsonPropertyName("http")]
    public required HttpApiRequestHttp Http { get; init; }

    /// <summary>The result of the authorizer, or null.</summary>
    [JsonPropertyName("authorizer")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Authorizer { get; init; }

    /// <summary>The id of the request: for logs, never for the identity of a record.</summary>
    [JsonPropertyName("requestId")]
    public string? RequestId { get; init; }

    /// <summary>The stage, or null.</summary>
    [JsonPropertyName("stage")]
    public string? Stage { get; init; }

    /// <summary>The time of the request, in milliseconds since 1970 UTC.</summary>
    [JsonPropertyName("timeEpoch")]
    public long TimeEpoch { get; init; }
}
