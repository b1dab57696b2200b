using System.Globalization;
using System.Text;
using System.Text.Json;
using Billing.LambdaEvents;

namespace Billing.Lambda.Functions;

/// <summary>Answers of an HTTP API, each with the headers by which a page of another origin may read it, errors too.</summary>
internal sealed class HttpReplies(string origin, string methods)
{
    /// <summary>What a wrong limit is answered with.</summary>
    public const string LimitHint = "'limit' must be a whole number from 1 to 1000.";

    /// <summary>What a wrong token is answered with.</summary>
    public const string NextHint = "'next' is not what a page of this listing gave. Leave it out to begin anew.";

    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;

    /// <summary>The path, without the stage and without a slash at its end.</summary>
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

    /// <summary>The page that a request asks for, or null where its limit is none.</summary>
    public static PageRequest? PageOf(HttpApiRequest request)
    {
        int limit = DefaultLimit;
        if (request.Query("limit") is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
        {
            return null;
        }

        return new PageRequest { PageSize = limit, ContinuationToken = request.Query("next") is { Length: > 0 } token ? token : null };
    }

    /// <summary>An answer in JSON.</summary>
    public HttpApiResponse Json(int status, Action<Utf8JsonWriter> write) => Text(status, "application/json; charset=utf-8", Encoding.UTF8.GetString(JsonBytes.Of(write)));

    /// <summary>An answer of another kind.</summary>
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

    /// <summary>What is wrong with a request.</summary>
    public HttpApiResponse Error(int status, string error) => Json(status, json =>
    {
        json.WriteStartObject();
        json.WriteString("error", error);
        json.WriteEndObject();
    });

    /// <summary>The answer to a browser that asks what it may.</summary>
    public HttpApiResponse Empty() => new() { StatusCode = 204, Headers = Headers() };

    private Dictionary<string, string> Headers() => new(StringComparer.Ordinal)
    {
        ["access-control-allow-origin"] = origin,
        ["access-control-allow-methods"] = methods,
        ["access-control-allow-headers"] = "content-type, idempotency-key, authorization",
        ["vary"] = "Origin",
    };
}
