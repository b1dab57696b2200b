using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.LambdaEvents;

/// <summary>The answer to a request of an HTTP API of API Gateway, payload format 2.0.</summary>
public sealed class HttpApiResponse
{
    /// <summary>The status. Default 200.</summary>
    [JsonPropertyName("statusCode")]
    public int StatusCode { get; init; } = 200;

    /// <summary>The headers. Default none.</summary>
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The cookies to set, or null.</summary>
    [JsonPropertyName("cookies")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Cookies { get; init; }

    /// <summary>The body, in base 64 where <see cref="IsBase64Encoded"/> says so.</summary>
    [JsonPropertyName("body")]
    public string Body { get; init; } = "";

    /// <summary>Whether the body is in base 64. Default false.</summary>
    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; init; }

    /// <summary>Reads what a function answered.</summary>
    /// <exception cref="SourceFormatException">It is no such answer.</exception>
    public static HttpApiResponse Parse(ReadOnlySpan<byte> json) => EventJson.Read(json, LambdaEventsJsonContext.Default.HttpApiResponse, "HTTP API response");

    /// <summary>The answer as API Gateway takes it, in UTF-8.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, LambdaEventsJsonContext.Default.HttpApiResponse);
}
