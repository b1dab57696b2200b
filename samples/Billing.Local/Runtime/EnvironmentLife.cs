namespace Billing.Local.Runtime;

/// <summary>One process of an execution environment, from its start to its end.</summary>
#pragma warning disable CA1001 // A source without a timer has nothing to release, and requests may still use its token.
internal sealed class EnvironmentLife
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _ended = new();

    public EnvironmentLife() =>
        // Nobody has to observe a failure to start.
        _ = _ready.Task.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    /// <summary>Completes when the process asks for its first event; fails if the process cannot start.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Cancelled when the process has ended: its waiting requests get no event.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The event that it works on, or null.</summary>
    public PendingInvocation? Current { get; set; }

    public bool IsWorking => Current is { Result.IsCompleted: false };

    public void IsReady() => _ready.TrySetResult();

    public bool FailsToStart(string type, string message) => _ready.TrySetException(new FunctionInitException(type, message));

    public void End() => _ended.Cancel();
}
