using System.Text.Json.Serialization;

namespace Billing.LambdaEvents;

/// <summary>The method, path and caller of a request to an HTTP API.</summary>
public sealed class HttpApiRequestHttp
{
    /// <summary>The HTTP method, such as <c>POST</c>.</summary>
    [JsonPropertyName("method")]
    public required string Method { get; init; }

    /// <summary>The path.</summary>
    [JsonPropertyName("path")]
    public string Path { get; init; } = "/";

    /// <summary>The protocol, such as <c>HTTP/1.1</c>.</summary>
    [JsonPropertyName("protocol")]
    public string Protocol { get; init; } = "HTTP/1.1";

    /// <summary>The IP address of the caller, or null.</summary>
    [JsonPropertyName("sourceIp")]
    public string? SourceIp { get; init; }

    /// <summary>The user agent of the caller, or null.</summary>
    [JsonPropertyName("userAgent")]
    public string? UserAgent { get; init; }
}
