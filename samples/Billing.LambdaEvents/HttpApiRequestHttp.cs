using System.Text.Json.Serialization;

namespace Billing.LambdaEvents;

/// <summary>Method, path and caller of a request of an HTTP API.</summary>
public sealed class HttpApiRequestHttp
{
    /// <summary>The method, such as <c>POST</c>.</summary>
    [JsonPropertyName("method")]
    public required string Method { get; init; }

    /// <summary>The path.</summary>
    [JsonPropertyName("path")]
    public string Path { get; init; } = "/";

    /// <summary>The protocol, such as <c>HTTP/1.1</c>.</summary>
    [JsonPropertyName("protocol")]
    public string Protocol { get; init; } = "HTTP/1.1";

    /// <summary>The address of the caller, or null.</summary>
    [JsonPropertyName("sourceIp")]
    public string? SourceIp { get; init; }

    /// <summary>The program of the caller, or null.</summary>
    [JsonPropertyName("userAgent")]
    public string? UserAgent { get; init; }
}
