using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Billing.Lambda.Tests;

/// <summary>A Runtime API that does what a test says: one event, and an answer of its own to whatever is posted.</summary>
internal sealed class ScriptedRuntime : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly int _port;
    private readonly Func<string, int> _statusOf;
    private readonly TaskCompletionSource<(string Path, string Body)> _posted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<HttpListenerContext> _waiting = [];
    private bool _gaveEvent;

    /// <param name="statusOf">The status that a post to a path, from <c>runtime/</c> on, is answered with.</param>
    public ScriptedRuntime(Func<string, int> statusOf)
    {
        _statusOf = statusOf;
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            _port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _listener.Prefixes.Add($"http://{Address}/");
        _listener.Start();
        _ = Task.Run(ListenAsync);
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>The first post.</summary>
    public Task<(string Path, string Body)> Posted => _posted.Task;

    public void Dispose() => _listener.Close();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath[(context.Request.Url.AbsolutePath.IndexOf("runtime/", StringComparison.Ordinal) + "runtime/".Length)..];
        if (context.Request.HttpMethod == "GET" && _gaveEvent)
        {
            // There is no other: it waits, as with Lambda.
            _waiting.Add(context);
            return;
        }

        string answer = """{"errorMessage":"as the test says","errorType":"InvalidStateTransition"}""";
        if (context.Request.HttpMethod == "GET")
        {
            _gaveEvent = true;
            // No deadline, no trace, no ARN.
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = "only-one";
            answer = """{"Records":[]}""";
        }
        else
        {
            using StreamReader body = new(context.Request.InputStream);
            string said = await body.ReadToEndAsync();
            context.Response.StatusCode = _statusOf(path);
            _posted.TrySetResult((path, said));
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        context.Response.Close();
    }
}
