using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Billing.Lambda.Runtime;

/// <summary>The Lambda Runtime API, version 2018-06-01.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private const string Version = "2018-06-01";

    private readonly HttpClient _client;

    /// <param name="address">Host and port, as <c>AWS_LAMBDA_RUNTIME_API</c> has it.</param>
    public RuntimeApi(string address)
    {
#pragma warning disable CA2000 // The client disposes its handler.
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
#pragma warning restore CA2000
        {
            BaseAddress = new Uri($"http://{address}/{Version}/runtime/"),
            // The next event may be long in coming; the sandbox is frozen meanwhile.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Waits for the next event.</summary>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _client.GetAsync(new Uri("invocation/next", UriKind.Relative), cancellationToken);
        response.EnsureSuccessStatusCode();
        string requestId = Header(response, "Lambda-Runtime-Aws-Request-Id") ?? throw new RuntimeApiException("The runtime gave an event without a request id.");
        DateTimeOffset deadline = long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : throw new RuntimeApiException($"The runtime gave the event {requestId} without a deadline.");
        return new Invocation(requestId, deadline, Header(response, "Lambda-Runtime-Trace-Id"), await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Answers an event.</summary>
    /// <returns>Whether the runtime took it; it does not where the answer is larger than it allows.</returns>
    public async Task<bool> RespondAsync(string requestId, ReadOnlyMemory<byte> answer, CancellationToken cancellationToken)
    {
        using ReadOnlyMemoryContent content = new(answer);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await _client.PostAsync(new Uri($"invocation/{Uri.EscapeDataString(requestId)}/response", UriKind.Relative), content, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Says that an event could not be handled.</summary>
    public Task FailAsync(string requestId, ErrorReport error, CancellationToken cancellationToken) =>
        PostAsync($"invocation/{Uri.EscapeDataString(requestId)}/error", error, cancellationToken);

    /// <summary>Says that the function cannot start.</summary>
    public Task FailToStartAsync(ErrorReport error, CancellationToken cancellationToken) => PostAsync("init/error", error, cancellationToken);

    public void Dispose() => _client.Dispose();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    private async Task PostAsync(string path, ErrorReport error, CancellationToken cancellationToken)
    {
        using ByteArrayContent content = new(error.ToUtf8Bytes());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.aws.lambda.error+json");
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", error.Category);
        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
