using System.IO.Pipelines;
using System.Net;
using System.Text;

namespace Billing.Web.Client.Tests;

/// <summary>A host that answers what a test says, and keeps what it was asked.</summary>
internal sealed class ScriptedHost : HttpMessageHandler
{
    private readonly Dictionary<string, Func<HttpResponseMessage>> _answers = [];
    private readonly Dictionary<string, Queue<Task<string>>> _late = [];

    private readonly HashSet<string> _silent = [];

    /// <summary>What it was asked: method and path, the header that matters, and the body.</summary>
    public List<(string Request, string? Key, string? IfMatch, string Body)> Asked { get; } = [];

    /// <summary>How often a request was sent.</summary>
    public int Count(string request) => Asked.Count(asked => asked.Request == request);

    /// <summary>The queries of the requests, in their order.</summary>
    public List<string> Queries { get; } = [];

    /// <summary>How the last request signed in, or null.</summary>
    public string? Authorization { get; private set; }

    /// <summary>Answers a request such as <c>GET /api/session</c>.</summary>
    public void Answer(string request, string json, HttpStatusCode status = HttpStatusCode.OK) => _answers[request] = () => new HttpResponseMessage(status)
    {
        Content = new StringContent(json, Encoding.UTF8, (int)status < 400 ? "application/json" : "application/problem+json"),
    };

    /// <summary>Answers a request as a host that is gone.</summary>
    public void Vanish(string request) => _answers[request] = () => throw new HttpRequestException("gone");

    /// <summary>Keeps the answer to the next request back until the test gives it.</summary>
    public TaskCompletionSource<string> Hold(string request)
    {
        TaskCompletionSource<string> answer = new();
        if (!_late.TryGetValue(request, out Queue<Task<string>>? queue))
        {
            _late[request] = queue = new Queue<Task<string>>();
        }

        queue.Enqueue(answer.Task);
        return answer;
    }

    /// <summary>Answers a request with server-sent events, after which the stream ends.</summary>
    public void Stream(string request, string events) => _answers[request] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(events, Encoding.UTF8, "text/event-stream") };

    /// <summary>Answers a request with server-sent events that the test writes, on a connection that stays open.</summary>
    public Stream Open(string request)
    {
        Pipe pipe = new();
        _answers[request] = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(pipe.Reader.AsStream()) { Headers = { ContentType = new("text/event-stream") } } };
        return pipe.Writer.AsStream();
    }

    /// <summary>Takes a request and never answers it.</summary>
    public void HoldForever(string request) => _silent.Add(request);

    /// <summary>The numbers that streams were taken up after, in their order; null for none.</summary>
    public List<string?> TakenUpAfter { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string asked = $"{request.Method} {request.RequestUri!.AbsolutePath}";
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Authorization = request.Headers.Authorization?.ToString();
        if (asked.EndsWith("/events", StringComparison.Ordinal))
        {
            TakenUpAfter.Add(Header(request, "Last-Event-ID"));
        }

        Queries.Add(request.RequestUri.Query);
        Asked.Add((asked, Header(request, "Idempotency-Key"), Header(request, "If-Match"), body));
        if (_silent.Contains(asked))
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (_late.TryGetValue(asked, out Queue<Task<string>>? late) && late.TryDequeue(out Task<string>? held))
        {
            return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(await held, Encoding.UTF8, "application/json") };
        }

        return _answers.TryGetValue(asked, out Func<HttpResponseMessage>? answer) ? answer() : throw new InvalidOperationException($"The test has no answer to {asked}.");
    }

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
}
