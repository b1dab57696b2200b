using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Billing.Lambda.Runtime;

/// <summary>The Lambda Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeClient : IDisposable
{
    private const string Version = "2018-06-01";
    private const int LongestRefusal = 500;

    // The longest time that Lambda lets a function run; the limit for an event without a deadline.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_answerWithin = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    /// <param name="address">The host and port, as in <c>AWS_LAMBDA_RUNTIME_API</c>.</param>
    /// <param name="time">The clock.</param>
    public RuntimeClient(string address, TimeProvider time)
    {
        _time = time;
#pragma warning disable CA2000 // The client disposes its handler.
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
#pragma warning restore CA2000
        {
            BaseAddress = new Uri($"http://{address}/{Version}/runtime/"),
            // The next event may take long to arrive; the sandbox is frozen meanwhile.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Waits for the next event.</summary>
    /// <exception cref="RuntimeApiException">The runtime returns no event.</exception>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("invocation/next", UriKind.Relative));
        using HttpResponseMessage response = await SendAsync(request, cancellationToken);
        await ThrowIfRefusedAsync(request, response, cancellationToken);
        string requestId = Header(response, "Lambda-Runtime-Aws-Request-Id") ?? throw new RuntimeApiException("The runtime returned an event without a request id, so it cannot be answered.");
        DateTimeOffset deadline = long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : _time.GetUtcNow() + s_longest;
        return new Invocation(requestId, deadline, Header(response, "Lambda-Runtime-Trace-Id"), await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Answers an event.</summary>
    /// <returns>Whether the runtime accepted the answer; it rejects one that is larger than it allows.</returns>
    /// <exception cref="RuntimeApiException">The runtime rejects the answer for another reason, or does not respond.</exception>
    public async Task<bool> RespondAsync(string requestId, ReadOnlyMemory<byte> answer)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri($"invocation/{Uri.EscapeDataString(requestId)}/response", UriKind.Relative)) { Content = new ReadOnlyMemoryContent(answer) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using CancellationTokenSource patience = new(s_answerWithin, _time);
        using HttpResponseMessage response = await SendAsync(request, patience.Token);
        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            return false;
        }

        await ThrowIfRefusedAsync(request, response, patience.Token);
        return true;
    }

    /// <summary>Reports that an event could not be handled.</summary>
    /// <exception cref="RuntimeApiException">The runtime rejects the report, or does not respond.</exception>
    public Task FailAsync(string requestId, ErrorReport error) => PostAsync($"invocation/{Uri.EscapeDataString(requestId)}/error", error);

    /// <summary>Reports that the function cannot start.</summary>
    /// <exception cref="RuntimeApiException">The runtime rejects the report, or does not respond.</exception>
    public Task FailToStartAsync(ErrorReport error) => PostAsync("init/error", error);

    public void Dispose() => _client.Dispose();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private async Task PostAsync(string path, ErrorReport error)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new ByteArrayContent(error.ToUtf8Bytes()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", error.Category);
        using CancellationTokenSource patience = new(s_answerWithin, _time);
        using HttpResponseMessage response = await SendAsync(request, patience.Token);
        await ThrowIfRefusedAsync(request, response, patience.Token);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && request.Method == HttpMethod.Post))
        {
            throw new RuntimeApiException($"The runtime did not answer {request.Method} {request.RequestUri}: {(exception is HttpRequestException ? exception.Message : "it took too long.")}", exception);
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            string said = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new RuntimeApiException($"The runtime refused {request.Method} {request.RequestUri} with {(int)response.StatusCode}: {(said.Length <= LongestRefusal ? said : said[..LongestRefusal])}");
        }
    }
}
