using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.LambdaEvents;

/// <summary>The response to a request to an HTTP API of API Gateway, payload format 2.0.</summary>
public sealed class HttpApiResponse
{
    /// <summary>The HTTP status. Default 200.</summary>
    [JsonPropertyName("statusCode")]
    public int StatusCode { get; init; } = 200;

    /// <summary>The headers. Default none.</summary>
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The cookies to set, or null.</summary>
    [JsonPropertyName("cookies")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Cookies { get; init; }

    /// <summary>The body, in base 64 if <see cref="IsBase64Encoded"/> is true.</summary>
    [JsonPropertyName("body")]
    public string Body { get; init; } = "";

    /// <summary>Whether the body is in base 64. Default false.</summary>
    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; init; }

    /// <summary>Reads the answer of a function.</summary>
    /// <exception cref="SourceFormatException">The JSON is not a response of an HTTP API.</exception>
    public static HttpApiResponse Parse(ReadOnlySpan<byte> json) => EventJson.Read(json, LambdaEventsJsonContext.Default.HttpApiResponse, "HTTP API response");

    /// <summary>Returns the response in the form that API Gateway accepts, in UTF-8.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, LambdaEventsJsonContext.Default.HttpApiResponse);
}
