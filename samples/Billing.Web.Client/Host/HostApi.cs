using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Billing.Web.Contracts;

namespace Billing.Web.Client.Host;

/// <summary>Requests to the host (docs/web-api.md). A request that the host refuses comes back as a problem, never as an exception.</summary>
public sealed class HostApi(HttpClient http, Connection connection, FirstAnswers first)
{
    private string _antiForgeryHeader = "X-Billing";

    /// <summary>Raised when the host said who is signed in, or that nobody is any more.</summary>
    public event Action? Opened;

    /// <summary>Whether the session has ended while the page was open: what is typed and dropped stays, and the reader signs in again.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The settings of the host and who is signed in; null before the first answer.</summary>
    public SessionReply? Session { get; private set; }

    /// <summary>The client, for streams of events.</summary>
    public HttpClient Http => http;

    /// <summary>Asks for the session.</summary>
    public async Task<Reply<SessionReply>> OpenAsync(CancellationToken cancellationToken = default)
    {
        Reply<SessionReply> reply = await GetAsync("api/session", WebJsonContext.Default.SessionReply, cancellationToken);
        if (reply.Value is { } session)
        {
            // Who is signed out learns how to sign in, and nothing else: what the page shows stays as it is.
            HasEnded = session.Roles.Count == 0 && Session is { Roles.Count: > 0 };
            Session = HasEnded ? Session! with { SignIn = session.SignIn } : session;
            _antiForgeryHeader = session.AntiForgeryHeader;
            Opened?.Invoke();
        }

        return reply;
    }

    public Task<Reply<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
        where T : class => SendAsync(HttpMethod.Get, path, null, type, null, cancellationToken);

    public Task<Reply<TReply>> SendAsync<TBody, TReply>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TReply>? type, Action<HttpRequestHeaders>? headers = null, CancellationToken cancellationToken = default)
        where TReply : class
    {
        ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(body, bodyType));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAsync(method, path, content, type, headers, cancellationToken);
    }

    /// <summary>Sends a request. <paramref name="type"/> null: the body of the answer is not read.</summary>
    public async Task<Reply<T>> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T>? type, Action<HttpRequestHeaders>? headers = null, CancellationToken cancellationToken = default)
        where T : class
    {
        using HttpRequestMessage request = new(method, path) { Content = content };
        if (method != HttpMethod.Get)
        {
            request.Headers.TryAddWithoutValidation(_antiForgeryHeader, "page");
        }

        headers?.Invoke(request.Headers);
        try
        {
            // At once, without a turn of the browser: the first screen is drawn whole.
            if (method == HttpMethod.Get && type is not null && first.Take(path) is { } answer)
            {
                return new Reply<T>(JsonSerializer.Deserialize(answer.Body, type), Version: answer.Version);
            }

            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (IsGateway(response.StatusCode))
            {
                connection.Tell(isUp: false);
                return new Reply<T>(null);
            }

            connection.Tell(isUp: true);
            if (!response.IsSuccessStatusCode)
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && Session is { Roles.Count: > 0 } && !HasEnded)
                {
                    HasEnded = true;
                    Opened?.Invoke();
                }

                return new Reply<T>(null, ProblemOf(body, response));
            }

            T? value = type is null ? Activator.CreateInstance<Nothing>() as T : JsonSerializer.Deserialize(body, type);
            return new Reply<T>(value, Version: response.Headers.ETag?.Tag.Trim('"'));
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException || (gone is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            connection.Tell(isUp: false);
            return new Reply<T>(null);
        }
        catch (JsonException unreadable)
        {
            return new Reply<T>(null, new ProblemReply { Status = 0, Detail = unreadable.Message });
        }
    }

    // What stands between answers for a host that is gone.
    private static bool IsGateway(HttpStatusCode status) => status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout;

    private static ProblemReply ProblemOf(byte[] body, HttpResponseMessage response)
    {
        try
        {
            if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json" && JsonSerializer.Deserialize(body, WebJsonContext.Default.ProblemReply) is { } problem)
            {
                return problem.Status == 0 ? problem with { Status = (int)response.StatusCode } : problem;
            }
        }
        catch (JsonException)
        {
            // The status says what can be said.
        }

        return new ProblemReply { Status = (int)response.StatusCode, Title = response.ReasonPhrase };
    }
}
