using System.Diagnostics;
using System.Globalization;
using Billing.Emulators;
using Billing.Local.Runtime;

namespace Billing.Local.Functions;

/// <summary>One process of a function, with the runtime API that it calls. It works on one event at a time.</summary>
internal sealed class FunctionEnvironment : IAsyncDisposable
{
    // Longer than Lambda's 10 seconds, because a laptop may be busy.
    private static readonly TimeSpan s_initLimit = TimeSpan.FromSeconds(60);

    private readonly RuntimeApi _api;
    private readonly ChildProcess _process;
    private readonly Task _watch;

    private FunctionEnvironment(RuntimeApi api, ChildProcess process, Action<int> taken)
    {
        _api = api;
        _process = process;
        _api.Taken = () => taken(_process.Id);
        _watch = WatchAsync();
    }

    /// <summary>Whether the environment can take another event.</summary>
    public bool IsAlive => !_process.HasExited;

    public int ProcessId => _process.Id;

    /// <exception cref="FunctionInitException">The function cannot start.</exception>
    public static async Task<FunctionEnvironment> StartAsync(FunctionSetup setup, CancellationToken cancellationToken)
    {
        RuntimeApi api = await RuntimeApi.StartAsync(new RuntimeApiOptions { FunctionName = setup.Name, Timeout = setup.Timeout }, setup.Time, cancellationToken);
        FunctionEnvironment? environment = null;
        try
        {
            environment = new FunctionEnvironment(api, Start(setup, api.Address), setup.Taken);
            await api.Ready.WaitAsync(s_initLimit, cancellationToken);
            return environment;
        }
        catch (Exception exception)
        {
            await (environment?.DisposeAsync() ?? api.DisposeAsync());
            throw exception is TimeoutException
                ? new FunctionInitException("Runtime.InitTimeout", string.Create(CultureInfo.InvariantCulture, $"The function {setup.Name} did not ask for work within {s_initLimit.TotalSeconds:0} seconds."))
                : exception;
        }
    }

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? requestId, CancellationToken cancellationToken)
    {
        string id = requestId ?? Guid.NewGuid().ToString();
        Task<InvocationResult> answer = _api.InvokeAsync(payload, id, cancellationToken: cancellationToken);
        await Task.WhenAny(answer, _watch);
        if (!answer.IsCompleted)
        {
            // The process ended before it asked for this event, and no other process will.
            const string message = "The function's process ended before it took the event.";
            return new InvocationResult { RequestId = id, Payload = ErrorDocument.Write(InvocationResult.Exited, message), ErrorType = InvocationResult.Exited, ErrorMessage = message };
        }

        InvocationResult result = await answer;
        if (result.ErrorType == InvocationResult.TimedOut)
        {
            // As Lambda does: a process that runs too long is ended.
            _process.Kill();
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _watch;
        await _api.DisposeAsync();
        _process.Dispose();
    }

    private static ChildProcess Start(FunctionSetup setup, string address)
    {
        ProcessStartInfo start = setup.Program.ToStart();
        foreach ((string name, string value) in setup.Variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["_HANDLER"] = setup.Name;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = address;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = setup.Name;
        start.Environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        return ChildProcess.Start(start, setup.Line);
    }

    private async Task WatchAsync()
    {
        int code = await _process.Exited;
        _ = _api.ProcessEnded(string.Create(CultureInfo.InvariantCulture, $"exit status {code}"));
    }
}
