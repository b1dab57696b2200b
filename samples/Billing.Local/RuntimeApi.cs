using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Billing.Local.Http;
using Billing.Local.Runtime;
using Microsoft.AspNetCore.Http;

namespace Billing.Local;

/// <summary>
/// The Lambda Runtime API (version 2018-06-01) for one execution environment: a process asks it for the next event and posts the answer. An environment
/// works on one event at a time; use several for concurrent events.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
public sealed class RuntimeApi : IAsyncDisposable
{
    // Lambda takes answers of up to 6 MB.
    private const int LargestAnswer = 6 * 1024 * 1024;
    private const string Root = "/2018-06-01/runtime/";

    private readonly RuntimeApiOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<PendingInvocation> _waiting = Channel.CreateUnbounded<PendingInvocation>();
    private readonly Lock _lock = new();
    private LoopbackServer? _server;
    private EnvironmentLife _life = new();

    private RuntimeApi(RuntimeApiOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <summary>Called when an event is given to the process, before the process has it.</summary>
    internal Action? Taken { get; set; }

    /// <summary>The host and port, as in <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_server!.Port}");

    /// <summary>Completes when the process asks for its first event.</summary>
    /// <exception cref="FunctionInitException">The process reported that it cannot start, or ended before it asked.</exception>
    public Task Ready => Life.Ready;

    private EnvironmentLife Life
    {
        get
        {
            lock (_lock)
            {
                return _life;
            }
        }
    }

    /// <summary>Starts to listen.</summary>
    /// <param name="options">How the API answers; null for the defaults.</param>
    /// <param name="time">The clock for deadlines; null for the system clock.</param>
    /// <exception cref="LocalException">The port is in use.</exception>
    public static async Task<RuntimeApi> StartAsync(RuntimeApiOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        RuntimeApi api = new(options ?? new RuntimeApiOptions(), time ?? TimeProvider.System);
        api._server = await LoopbackServer.StartAsync(api._options.Port, api.AnswerAsync, cancellationToken);
        return api;
    }

    /// <summary>Gives an event to the function and waits for the result. Never throws because the function fails.</summary>
    /// <param name="payload">The event, JSON in UTF-8.</param>
    /// <param name="requestId">The id of the request; null for a new one.</param>
    /// <param name="timeout">The longest time from the moment the function receives the event; null for the timeout of the options.</param>
    /// <param name="cancellationToken">Stops the waiting; the function may still be working.</param>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? requestId = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        PendingInvocation invocation = new(requestId ?? Guid.NewGuid().ToString(), payload, timeout ?? _options.Timeout);
        await _waiting.Writer.WriteAsync(invocation, cancellationToken);
        return await invocation.Result.WaitAsync(cancellationToken);
    }

    /// <summary>Reports that the process has ended: its event fails, and a new process may be started on the same address.</summary>
    /// <param name="why">The reason in the failed invocation, such as <c>exit status 137</c>.</param>
    /// <returns>Whether the process had an event.</returns>
    public bool ProcessEnded(string why)
    {
        EnvironmentLife life;
        lock (_lock)
        {
            (life, _life) = (_life, new EnvironmentLife());
        }

        life.End();
        _ = life.FailsToStart(InvocationResult.Exited, $"The function {_options.FunctionName} ended before it asked for work: {why}");
        return life.Current is { } lost && lost.TryEnd(Failed(lost, InvocationResult.Exited, $"RequestId: {lost.RequestId} Error: The function's process ended: {why}"));
    }

    /// <summary>Stops listening. Waiting invocations fail.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = ProcessEnded("the local environment is stopping");
        _waiting.Writer.TryComplete();
        while (_waiting.Reader.TryRead(out PendingInvocation? waiting))
        {
            _ = waiting.TryEnd(Failed(waiting, InvocationResult.Exited, "The local environment is stopping."));
        }

        await _server!.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        string path = context.Request.Path.Value ?? "";
        string[] parts = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [];
        return (context.Request.Method, parts) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(context, cancellationToken),
            ("POST", ["invocation", var id, "response"]) => EndAsync(context, id, isError: false, cancellationToken),
            ("POST", ["invocation", var id, "error"]) => EndAsync(context, id, isError: true, cancellationToken),
            ("POST", ["init", "error"]) => InitErrorAsync(context, cancellationToken),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound, "NotFound", $"The runtime API has no {context.Request.Method} {path}.", cancellationToken),
        };
    }

    private async Task NextAsync(HttpContext context, CancellationToken cancellationToken)
    {
        EnvironmentLife life = Life;
        life.IsReady();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.Ended);
        PendingInvocation invocation;
        do
        {
            invocation = await _waiting.Reader.ReadAsync(either.Token);
        }
        while (invocation.Result.IsCompleted);

        bool isLast, isBusy;
        lock (_lock)
        {
            isLast = life != _life;
            isBusy = life.IsWorking;
            if (!isLast && !isBusy)
            {
                invocation.HandedOver = _time.GetTimestamp();
                life.Current = invocation;
            }
        }

        if (isLast || isBusy)
        {
            _waiting.Writer.TryWrite(invocation);
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "InvalidStateTransition", isBusy ? "The previous event has no answer yet." : "The process has ended.", cancellationToken);
            return;
        }

        _ = EndAtDeadlineAsync(invocation);
        Taken?.Invoke();
        IHeaderDictionary headers = context.Response.Headers;
        headers["Lambda-Runtime-Aws-Request-Id"] = invocation.RequestId;
        headers["Lambda-Runtime-Deadline-Ms"] = (_time.GetUtcNow() + invocation.Timeout).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        headers["Lambda-Runtime-Invoked-Function-Arn"] = _options.FunctionArn;
        headers["Lambda-Runtime-Trace-Id"] = NewTraceId();
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = invocation.Payload.Length;
        await context.Response.Body.WriteAsync(invocation.Payload, cancellationToken);
    }

    private async Task EndAsync(HttpContext context, string requestId, bool isError, CancellationToken cancellationToken)
    {
        (byte[] body, bool isTooLarge) = await ReadAsync(context, cancellationToken);
        if (Life.Current is not { Result.IsCompleted: false } invocation || invocation.RequestId != requestId)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID", $"No invocation with the id {requestId} is waiting for an answer.", cancellationToken);
            return;
        }

        if (isTooLarge)
        {
            const string type = "Function.ResponseSizeTooLarge";
            _ = invocation.TryEnd(Failed(invocation, type, $"The answer is larger than {LargestAnswer} bytes."));
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, type, $"An answer can have at most {LargestAnswer} bytes.", cancellationToken);
            return;
        }

        if (isError)
        {
            (string type, string message) = ErrorDocument.Read(body, context.Request.Headers["Lambda-Runtime-Function-Error-Type"]);
            _ = invocation.TryEnd(new InvocationResult { RequestId = requestId, Payload = body, ErrorType = type, ErrorMessage = message, Duration = Duration(invocation) });
        }
        else
        {
            _ = invocation.TryEnd(new InvocationResult { RequestId = requestId, Payload = body, Duration = Duration(invocation) });
        }

        await AcceptAsync(context, cancellationToken);
    }

    private async Task InitErrorAsync(HttpContext context, CancellationToken cancellationToken)
    {
        (byte[] body, _) = await ReadAsync(context, cancellationToken);
        (string type, string message) = ErrorDocument.Read(body, context.Request.Headers["Lambda-Runtime-Function-Error-Type"]);
        if (Life.FailsToStart(type, message))
        {
            await AcceptAsync(context, cancellationToken);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "InvalidStateTransition", "The function has started already.", cancellationToken);
        }
    }

    private async Task EndAtDeadlineAsync(PendingInvocation invocation)
    {
        try
        {
            await invocation.Result.WaitAsync(invocation.Timeout, _time);
        }
        catch (TimeoutException)
        {
            _ = invocation.TryEnd(Failed(invocation, InvocationResult.TimedOut, string.Create(
                CultureInfo.InvariantCulture,
                $"RequestId: {invocation.RequestId} Error: Task timed out after {(decimal)invocation.Timeout.TotalSeconds:0.00} seconds")));
        }
    }

    private InvocationResult Failed(PendingInvocation invocation, string type, string message) => new()
    {
        RequestId = invocation.RequestId,
        Payload = ErrorDocument.Write(type, message),
        ErrorType = type,
        ErrorMessage = message,
        Duration = Duration(invocation),
    };

    private TimeSpan Duration(PendingInvocation invocation) => invocation.HandedOver is { } start ? _time.GetElapsedTime(start) : TimeSpan.Zero;

    private string NewTraceId()
    {
        string id = RandomNumberGenerator.GetHexString(24, lowercase: true);
        string parent = RandomNumberGenerator.GetHexString(16, lowercase: true);
        return string.Create(CultureInfo.InvariantCulture, $"Root=1-{_time.GetUtcNow().ToUnixTimeSeconds():x8}-{id};Parent={parent};Sampled=0");
    }

    private static async Task<(byte[] Body, bool IsTooLarge)> ReadAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body, cancellationToken);
        return body.Length > LargestAnswer ? ([], true) : (body.ToArray(), false);
    }

    private static async Task AcceptAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"status":"OK"}""", cancellationToken);
    }

    private static async Task RefuseAsync(HttpContext context, int status, string type, string message, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(ErrorDocument.Write(type, message), cancellationToken);
    }
}
