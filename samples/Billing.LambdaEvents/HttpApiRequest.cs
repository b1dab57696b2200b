using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.LambdaEvents;

/// <summary>A request to an HTTP API of API Gateway, payload format 2.0.</summary>
public sealed class HttpApiRequest
{
    /// <summary>The payload format, <c>2.0</c>.</summary>
    [JsonPropertyName("version")]
    public string Version { get; init; } = "2.0";

    /// <summary>The route that matched, such as <c>POST /logexpense</c> or <c>$default</c>.</summary>
    [JsonPropertyName("routeKey")]
    public string RouteKey { get; init; } = "$default";

    /// <summary>The path, as received.</summary>
    [JsonPropertyName("rawPath")]
    public string RawPath { get; init; } = "/";

    /// <summary>The query string, as received, without the question mark.</summary>
    [JsonPropertyName("rawQueryString")]
    public string RawQueryString { get; init; } = "";

    /// <summary>The cookies, each as <c>name=value</c>.</summary>
    [JsonPropertyName("cookies")]
    public IReadOnlyList<string>? Cookies { get; init; }

    /// <summary>The headers; several values of one name are joined by commas. Use <see cref="Header"/>, which ignores case.</summary>
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The decoded query parameters, or null; several values of one name are joined by commas.</summary>
    [JsonPropertyName("queryStringParameters")]
    public IReadOnlyDictionary<string, string>? QueryStringParameters { get; init; }

    /// <summary>The route parameters, or null.</summary>
    [JsonPropertyName("pathParameters")]
    public IReadOnlyDictionary<string, string>? PathParameters { get; init; }

    /// <summary>The stage variables, or null.</summary>
    [JsonPropertyName("stageVariables")]
    public IReadOnlyDictionary<string, string>? StageVariables { get; init; }

    /// <summary>Who sent the request, and where to.</summary>
    [JsonPropertyName("requestContext")]
    public required HttpApiRequestContext RequestContext { get; init; }

    /// <summary>The body, or null. It may be in base 64 (<see cref="IsBase64Encoded"/>); <see cref="BodyBytes"/> decodes it.</summary>
    [JsonPropertyName("body")]
    public string? Body { get; init; }

    /// <summary>Whether the body is in base 64.</summary>
    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; init; }

    /// <summary>The HTTP method, in capitals.</summary>
    [JsonIgnore]
    public string Method => RequestContext.Http.Method.ToUpperInvariant();

    /// <summary>Reads the event. Skips a byte order mark and ignores unknown members.</summary>
    /// <exception cref="SourceFormatException">The JSON is not a request of an HTTP API in payload format 2.0.</exception>
    public static HttpApiRequest Parse(ReadOnlySpan<byte> json)
    {
        const string Kind = "HTTP API request";
        HttpApiRequest read = EventJson.Read(json, LambdaEventsJsonContext.Default.HttpApiRequest, Kind);
        return read.RequestContext?.Http?.Method is null
            ? throw EventJson.Wrong(Kind, "it has no requestContext.http.method; the API must use payload format 2.0")
            : read;
    }

    /// <summary>Returns the header with this name, ignoring case, or null.</summary>
    public string? Header(string name) => Find(Headers, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the query parameter with this name, or null.</summary>
    public string? Query(string name) => Find(QueryStringParameters, name, StringComparison.Ordinal);

    /// <summary>Returns the route parameter with this name, or null.</summary>
    public string? PathParameter(string name) => Find(PathParameters, name, StringComparison.Ordinal);

    /// <summary>Returns the bytes of the body; empty if there is no body.</summary>
    /// <exception cref="SourceFormatException"><see cref="IsBase64Encoded"/> is true, and the body is not base 64.</exception>
    public byte[] BodyBytes()
    {
        if (!IsBase64Encoded)
        {
            return Encoding.UTF8.GetBytes(Body ?? "");
        }

        try
        {
            return Convert.FromBase64String(Body ?? "");
        }
        catch (FormatException e)
        {
            throw new SourceFormatException("HTTP API request", "The body is marked as base 64, but is not valid base 64.", e);
        }
    }

    /// <summary>Returns the request as API Gateway would send it, in UTF-8: for programs that stand in for the gateway.</summary>
    public byte[] ToUtf8Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, LambdaEventsJsonContext.Default.HttpApiRequest);

    private static string? Find(IReadOnlyDictionary<string, string>? values, string name, StringComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach ((string key, string value) in values ?? new Dictionary<string, string>())
        {
            if (string.Equals(key, name, comparison))
            {
                return value;
            }
        }

        return null;
    }
}
