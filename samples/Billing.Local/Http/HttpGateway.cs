using System.Globalization;
using System.Text;
using Billing.LambdaEvents;
using Billing.Local.Systems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Billing.Local.Http;

/// <summary>An HTTP API of API Gateway with payload format 2.0: its routes, CORS, limits and errors.</summary>
internal sealed class HttpGateway(
    string name,
    IReadOnlyList<RouteDefinition> routes,
    string corsOrigin,
    Func<string, ReadOnlyMemory<byte>, CancellationToken, Task<InvocationResult>> invoke,
    Action<LocalEventKind, string, string> tell,
    TimeProvider time,
    Func<Uri?> page,
    TokenCheck? tokens = null)
{
    private const int LargestBody = 10 * 1024 * 1024;
    private const string Stage = "$default";

    public async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        HttpRequest request = context.Request;
        string requestId = Guid.NewGuid().ToString("N")[..16];
        context.Response.Headers["Apigw-Requestid"] = requestId;
        if (IsPreflight(request))
        {
            AnswerPreflight(context);
            return;
        }

        string path = RawPath(context);
        RouteDefinition? route = null;
        Dictionary<string, string>? parameters = null;
        foreach (RouteDefinition candidate in routes.Where(route => route.Method == request.Method))
        {
            if ((parameters = candidate.Match(path)) is not null)
            {
                route = candidate;
                break;
            }
        }

        if (route is null && request.Method == "GET" && path == "/")
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(StartPage.Of(name, routes, page()), cancellationToken);
            return;
        }

        if (route is null)
        {
            await SayAsync(context, StatusCodes.Status404NotFound, "Not Found", cancellationToken);
            return;
        }

        if (tokens is not null && await tokens.RefusalAsync(request.Headers.Authorization.ToString(), cancellationToken) is { } refusal)
        {
            _ = AllowOrigin(context);
            await SayAsync(context, refusal.Status, refusal.Status switch { 401 => "Unauthorized", 403 => "Forbidden", _ => "Internal Server Error" }, cancellationToken);
            tell(refusal.Status >= 500 ? LocalEventKind.Failure : LocalEventKind.Work, name, string.Create(CultureInfo.InvariantCulture, $"{request.Method} {path}: {refusal.Status}, {refusal.Why}"));
            return;
        }

        if (await BodyAsync(request, cancellationToken) is not { } body)
        {
            await SayAsync(context, StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large", cancellationToken);
            return;
        }

        InvocationResult result = await invoke(route.Function, Event(context, route, path, parameters!, body, requestId).ToUtf8Bytes(), cancellationToken);
        int status = await ReplyAsync(context, result, cancellationToken);
        tell(
            status >= 500 ? LocalEventKind.Failure : LocalEventKind.Work,
            name,
            string.Create(CultureInfo.InvariantCulture, $"{request.Method} {path} by {route.Function}: {status}, {result.Duration.TotalMilliseconds:0} ms{(result.Succeeded ? "" : $": {result.ErrorType}: {result.ErrorMessage}")}"));
    }

    private static bool IsPreflight(HttpRequest request) =>
        request.Method == "OPTIONS" && request.Headers.ContainsKey("Origin") && request.Headers.ContainsKey("Access-Control-Request-Method");

    // As received: decoding is the task of the function.
    private static string RawPath(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/";
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    // API Gateway passes these types as text, and all others in base 64.
    private static bool IsText(string? contentType)
    {
        string type = (contentType ?? "application/json").Split(';')[0].Trim().ToLowerInvariant();
        return type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/javascript" or "application/xml" || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal);
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LargestBody)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private static Task SayAsync(HttpContext context, int status, string message, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$"""{"message":"{{message}}"}""", cancellationToken);
    }

    private HttpApiRequest Event(HttpContext context, RouteDefinition route, string path, Dictionary<string, string> parameters, byte[] body, string requestId)
    {
        HttpRequest request = context.Request;
        bool isText = IsText(request.ContentType);
        string query = request.QueryString.Value is { Length: > 1 } text ? text[1..] : "";
        return new HttpApiRequest
        {
            RouteKey = route.Key,
            RawPath = path,
            RawQueryString = query,
            Cookies = request.Cookies.Count == 0 ? null : [.. request.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")],
            Headers = request.Headers.Where(header => header.Key != "Cookie").ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value.ToArray()), StringComparer.Ordinal),
            QueryStringParameters = query.Length == 0 ? null : request.Query.ToDictionary(parameter => parameter.Key, parameter => string.Join(',', parameter.Value.ToArray()), StringComparer.Ordinal),
            PathParameters = parameters.Count == 0 ? null : parameters,
            Body = body.Length == 0 ? null : isText ? Encoding.UTF8.GetString(body) : Convert.ToBase64String(body),
            IsBase64Encoded = body.Length > 0 && !isText,
            RequestContext = new HttpApiRequestContext
            {
                AccountId = "000000000000",
                ApiId = "local",
                DomainName = request.Host.Value,
                RequestId = requestId,
                Stage = Stage,
                TimeEpoch = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Http = new HttpApiRequestHttp
                {
                    Method = request.Method,
                    Path = path,
                    Protocol = request.Protocol,
                    SourceIp = context.Connection.RemoteIpAddress?.ToString(),
                    UserAgent = request.Headers.UserAgent.ToString(),
                },
            },
        };
    }

    private void AnswerPreflight(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        if (!AllowOrigin(context))
        {
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowMethods = string.Join(',', routes.Select(route => route.Method).Append("OPTIONS").Distinct());
        headers.AccessControlAllowHeaders = "authorization,content-type,idempotency-key";
        headers.AccessControlMaxAge = "3600";
    }

    private bool AllowOrigin(HttpContext context)
    {
        string origin = context.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || (corsOrigin != "*" && corsOrigin != origin))
        {
            return false;
        }

        context.Response.Headers.AccessControlAllowOrigin = corsOrigin;
        return true;
    }

    private async Task<int> ReplyAsync(HttpContext context, InvocationResult result, CancellationToken cancellationToken)
    {
        if (!result.Succeeded)
        {
            bool isLate = result.ErrorType == InvocationResult.TimedOut;
            AllowOrigin(context);
            await SayAsync(context, isLate ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError, isLate ? "Service Unavailable" : "Internal Server Error", cancellationToken);
            return context.Response.StatusCode;
        }

        byte[] body;
        try
        {
            HttpApiResponse reply = HttpApiResponse.Parse(result.Payload.Span);
            body = reply.IsBase64Encoded ? Convert.FromBase64String(reply.Body) : Encoding.UTF8.GetBytes(reply.Body ?? "");
            context.Response.StatusCode = reply.StatusCode;
            context.Response.ContentType = "text/plain; charset=utf-8";
            foreach ((string header, string value) in reply.Headers ?? new Dictionary<string, string>())
            {
                context.Response.Headers[header] = value;
            }

            foreach (string cookie in reply.Cookies ?? [])
            {
                context.Response.Headers.Append("Set-Cookie", cookie);
            }
        }
        catch (Exception exception) when (exception is SourceFormatException or FormatException)
        {
            await SayAsync(context, StatusCodes.Status500InternalServerError, "Internal Server Error", cancellationToken);
            return context.Response.StatusCode;
        }

        // The CORS settings of the API override those of the function.
        _ = AllowOrigin(context);
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, cancellationToken);
        return context.Response.StatusCode;
    }
}
