using System.Collections.Concurrent;
using Billing.Local.Runtime;

namespace Billing.Local.Functions;

/// <summary>A function with as many environments as there are concurrent events. Environments are kept for later events; one whose process has ended is replaced.</summary>
internal sealed class LocalFunction(FunctionSetup setup) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<FunctionEnvironment, bool> _environments = new();
    private readonly ConcurrentStack<FunctionEnvironment> _idle = new();
    private volatile bool _isDisposed;
    private long _invocations;
    private long _failures;

    public string Name => setup.Name;

    public long Invocations => Interlocked.Read(ref _invocations);

    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>The running processes.</summary>
    public IReadOnlyList<int> ProcessIds => [.. _environments.Keys.Where(environment => environment.IsAlive).Select(environment => environment.ProcessId)];

    /// <summary>Starts one environment, ready for the first event.</summary>
    /// <exception cref="FunctionInitException">The function cannot start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken) => _idle.Push(await NewAsync(cancellationToken));

    /// <summary>Gives an event to the function. A failure is part of the result.</summary>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? requestId, CancellationToken cancellationToken)
    {
        _ = Interlocked.Increment(ref _invocations);
        InvocationResult result = await TryInvokeAsync(payload, requestId ?? Guid.NewGuid().ToString(), cancellationToken);
        if (!result.Succeeded)
        {
            _ = Interlocked.Increment(ref _failures);
        }

        return result;
    }

    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await Task.WhenAll(_environments.Keys.Select(environment => environment.DisposeAsync().AsTask()));
        _environments.Clear();
    }

    private async Task<InvocationResult> TryInvokeAsync(ReadOnlyMemory<byte> payload, string requestId, CancellationToken cancellationToken)
    {
        FunctionEnvironment environment;
        try
        {
            environment = await TakeAsync(cancellationToken);
        }
        catch (FunctionInitException exception)
        {
            return new InvocationResult
            {
                RequestId = requestId,
                Payload = ErrorDocument.Write(exception.ErrorType, exception.Message),
                ErrorType = exception.ErrorType,
                ErrorMessage = exception.Message,
            };
        }

        InvocationResult result = await environment.InvokeAsync(payload, requestId, cancellationToken);
        if (environment.IsAlive && result.ErrorType is not (InvocationResult.TimedOut or InvocationResult.Exited))
        {
            _idle.Push(environment);
        }
        else
        {
            await DropAsync(environment);
        }

        return result;
    }

    private async Task<FunctionEnvironment> TakeAsync(CancellationToken cancellationToken)
    {
        while (_idle.TryPop(out FunctionEnvironment? environment))
        {
            if (environment.IsAlive)
            {
                return environment;
            }

            await DropAsync(environment);
        }

        return await NewAsync(cancellationToken);
    }

    private async Task<FunctionEnvironment> NewAsync(CancellationToken cancellationToken)
    {
        FunctionEnvironment environment = await FunctionEnvironment.StartAsync(setup, cancellationToken);
        _environments[environment] = true;
        if (_isDisposed)
        {
            await DropAsync(environment);
            throw new OperationCanceledException("The local environment is stopping.");
        }

        return environment;
    }

    private async Task DropAsync(FunctionEnvironment environment)
    {
        if (_environments.TryRemove(environment, out _))
        {
            await environment.DisposeAsync();
        }
    }
}
