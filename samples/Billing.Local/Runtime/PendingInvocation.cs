namespace Billing.Local.Runtime;

/// <summary>One event that a function is handling or will handle.</summary>
internal sealed class PendingInvocation(string requestId, ReadOnlyMemory<byte> payload, TimeSpan timeout)
{
    private readonly TaskCompletionSource<InvocationResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId => requestId;

    public ReadOnlyMemory<byte> Payload => payload;

    public TimeSpan Timeout => timeout;

    /// <summary>The time at which the function received it, as a timestamp of the clock; null while it waits.</summary>
    public long? HandedOver { get; set; }

    public Task<InvocationResult> Result => _result.Task;

    public bool TryEnd(InvocationResult result) => _result.TrySetResult(result);
}
