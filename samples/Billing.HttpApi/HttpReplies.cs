using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing.LambdaEvents;

namespace Billing.HttpApi;

/// <summary>Responses of an HTTP API. Each one, including errors, has the headers that allow a page of another origin to read it.</summary>
internal sealed class HttpReplies(string origin, string methods)
{
    /// <summary>The error for an invalid limit.</summary>
    public const string LimitHint = "'limit' must be a whole number from 1 to 1000.";

    /// <summary>The error for an invalid token.</summary>
    public const string NextHint = "'next' is not from a page of this listing. Leave it out to start from the first page.";

    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;

    /// <summary>Returns the path without the stage and without a trailing slash.</summary>
    public static string Path(HttpApiRequest request)
    {
        string path = request.RequestContext.Http.Path is { Length: > 1 } stated ? stated : request.RawPath;
        string stage = "/" + request.RequestContext.Stage;
        if (stage.Length > 1 && path.StartsWith(stage, StringComparison.Ordinal) && (path.Length == stage.Length || path[stage.Length] == '/'))
        {
            path = path[stage.Length..];
        }

        return path.Length > 1 ? path.TrimEnd('/') : path;
    }

    /// <summary>Returns the page that a request asks for, or null if its limit is invalid.</summary>
    public static PageRequest? PageOf(HttpApiRequest request)
    {
        int limit = DefaultLimit;
        if (request.Query("limit") is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
        {
            return null;
        }

        return new PageRequest { PageSize = limit, ContinuationToken = request.Query("next") is { Length: > 0 } token ? token : null };
    }

    /// <summary>Returns a response in JSON.</summary>
    public HttpApiResponse Json(int status, Action<Utf8JsonWriter> write) => Text(status, "application/json; charset=utf-8", Encoding.UTF8.GetString(JsonBytes.Of(write)));

    /// <summary>Returns a response of another media type.</summary>
    public HttpApiResponse Text(int status, string contentType, string body, string? fileName = null)
    {
        Dictionary<string, string> headers = Headers();
        headers["content-type"] = contentType;
        headers["cache-control"] = "no-store";
        headers["x-content-type-options"] = "nosniff";
        if (fileName is not null)
        {
            headers["content-disposition"] = $"attachment; filename=\"{fileName}\"";
        }

        return new HttpApiResponse { StatusCode = status, Headers = headers, Body = body };
    }

    /// <summary>Returns the response for an invalid request.</summary>
    public HttpApiResponse Error(int status, string error) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteEndObject();
    });

    /// <summary>Returns the response to a browser's preflight request.</summary>
    public HttpApiResponse Empty() => new() { StatusCode = 204, Headers = Headers() };

    private Dictionary<string, string> Headers() => new(StringComparer.Ordinal)
    {
        ["access-control-allow-origin"] = origin,
        ["access-control-allow-methods"] = methods,
        ["access-control-allow-headers"] = "content-type, idempotency-key, authorization",
        ["vary"] = "Origin",
    };
}
