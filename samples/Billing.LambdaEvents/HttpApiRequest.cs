using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Aws.Events;

namespace Billing.LambdaEvents;

/// <summary>A request of an HTTP API of API Gateway, payload format 2.0.</summary>
public sealed class HttpApiRequest
{
    /// <summary>The format, <c>2.0</c>.</summary>
    [JsonPropertyName("version")]
    public string Version { get; init; } = "2.0";

    /// <summary>The route that matched, such as <c>POST /logexpense</c> or <c>$default</c>.</summary>
    [JsonPropertyName("routeKey")]
    public string RouteKey { get; init; } = "$default";

    /// <summary>The path, as it came.</summary>
    [JsonPropertyName("rawPath")]
    public string RawPath { get; init; } = "/";

    /// <summary>The query, as it came, without the question mark.</summary>
    [JsonPropertyName("rawQueryString")]
    public string RawQueryString { get; init; } = "";

    /// <summary>The cookies, each as <c>name=value</c>.</summary>
    [JsonPropertyName("cookies")]
    public IReadOnlyList<string>? Cookies { get; init; }

    /// <summary>The headers; several of one name are joined by commas. Ask <see cref="Header"/>: case does not count.</summary>
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The decoded parameters of the query, or null; several of one name are joined by commas.</summary>
    [JsonPropertyName("queryStringParameters")]
    public IReadOnlyDictionary<string, string>? QueryStringParameters { get; init; }

    /// <summary>The parameters of the route, or null.</summary>
    [JsonPropertyName("pathParameters")]
    public IReadOnlyDictionary<string, string>? PathParameters { get; init; }

    /// <summary>The variables of the stage, or null.</summary>
    [JsonPropertyName("stageVariables")]
    public IReadOnlyDictionary<string, string>? StageVariables { get; init; }

    /// <summary>Who and where.</summary>
    [JsonPropertyName("requestContext")]
    public required HttpApiRequestContext RequestContext { get; init; }

    /// <summary>The body, or null; see <see cref="IsBase64Encoded"/>, or ask <see cref="BodyBytes"/>.</summary>
    [JsonPropertyName("body")]
    public string? Body { get; init; }

    /// <summary>Whether the body is in base 64.</summary>
    [JsonPropertyName("isBase64Encoded")]
    public bool IsBase64Encoded { get; init; }

    /// <summary>The method, in capitals.</summary>
    [JsonIgnore]
    public string Method => RequestContext.Http.Method.ToUpperInvariant();

    /// <summary>Reads the event; a byte order mark is passed over, unknown members are ignored.</summary>
    /// <exception cref="SourceFormatException">It is no request of an HTTP API, payload format 2.0.</exception>
    public static HttpApiRequest Parse(ReadOnlySpan<byte> json)
    {
        const string Kind = "HTTP API request";
        HttpApiRequest read = EventJson.Read(json, LambdaEventsJsonContext.Default.HttpApiRequest, Kind);
        return read.RequestContext?.Http?.Method is null
            ? throw EventJson.Wrong(Kind, "it has no requestContext.http.method; the API must use payload format 2.0")
            : read;
    }

    /// <summary>The header of that name, in any case, or null.</summary>
    public string? Header(string name) => Find(Headers, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The parameter of the query of that name, or null.</summary>
    public string? Query(string name) => Find(QueryStringParameters, name, StringComparison.Ordinal);

    /// <summary>The parameter of the route of that name, or null.</summary>
    public string? PathParameter(string name) => Find(PathParameters, name, StringComparison.Ordinal);

    /// <summary>The bytes of the body; empty where there is none.</summary>
    /// <exception cref="SourceFormatException">The body is stated to be in base 64, and is not.</exception>
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
            throw new SourceFormatException("HTTP API request", "The body is stated to be in base 64, and is not.", e);
        }
    }

    /// <summary>The request as API Gateway would give it, in UTF-8: for whoever plays the gateway.</summary>
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
