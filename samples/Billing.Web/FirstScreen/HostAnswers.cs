using System.Net;
using System.Text;
using Billing.Web.Client.Host;

namespace Billing.Web.FirstScreen;

/// <summary>Answers what a page asks while its first screen is drawn, by this host's own routes, for whoever asked for the page. The answers are noted, to be sent with the screen.</summary>
internal sealed class HostAnswers : HttpMessageHandler
{
    private RequestDelegate? _routes;
    private HttpContext? _asking;
    private CancellationToken _enough;

    /// <summary>What was answered.</summary>
    public FirstAnswers Given { get; } = new();

    /// <summary>Whether every question had an answer in time, and none was a refusal.</summary>
    public bool AreComplete { get; private set; } = true;

    /// <summary>Says who asks.</summary>
    /// <param name="routes">What answers.</param>
    /// <param name="asking">The request of the page.</param>
    /// <param name="enough">Cancelled when answers are not waited for any longer.</param>
    public void Begin(RequestDelegate routes, HttpContext asking, CancellationToken enough) => (_routes, _asking, _enough) = (routes, asking, enough);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_routes is null || _asking is null || request.RequestUri is not { } address || request.Method != HttpMethod.Get)
        {
            throw new InvalidOperationException("A first screen only asks for what is stored.");
        }

        bool isAnswered = false;
        try
        {
            // Each in a scope of its own, as a request has it: who is signed in is found out once in a scope.
            await using AsyncServiceScope scope = _asking.RequestServices.CreateAsyncScope();
            using MemoryStream written = new();
            HttpContext asked = Ask(address, scope.ServiceProvider, written);
            await _routes(asked);
            await asked.Response.CompleteAsync();
            byte[] body = written.ToArray();
            string? version = asked.Response.Headers.ETag;
            HttpResponseMessage response = new((HttpStatusCode)asked.Response.StatusCode) { Content = new ByteArrayContent(body) };
            response.Headers.TryAddWithoutValidation("ETag", version);
            isAnswered = response.IsSuccessStatusCode && !_enough.IsCancellationRequested;
            Given.Add(address.PathAndQuery[1..], new FirstAnswer(Encoding.UTF8.GetString(body), version?.Trim('"')));
            return response;
        }
        finally
        {
            AreComplete &= isAnswered;
        }
    }

    private DefaultHttpContext Ask(Uri address, IServiceProvider services, Stream body)
    {
        DefaultHttpContext asked = new() { RequestServices = services, RequestAborted = _enough };
        (asked.Connection.RemoteIpAddress, asked.Connection.LocalIpAddress) = (_asking!.Connection.RemoteIpAddress, _asking.Connection.LocalIpAddress);
        HttpRequest request = asked.Request;
        (request.Method, request.Scheme, request.Host) = (HttpMethods.Get, _asking.Request.Scheme, _asking.Request.Host);
        (request.Path, request.QueryString) = (PathString.FromUriComponent(address), QueryString.FromUriComponent(address));
        (request.Headers.Cookie, request.Headers.Authorization) = (_asking.Request.Headers.Cookie, _asking.Request.Headers.Authorization);
        asked.Response.Body = body;
        return asked;
    }
}
