using Billing.Lambda.Runtime;

namespace Billing.Lambda;

/// <summary>One function: everything that it needs is made before it gets its first event.</summary>
internal interface IFunction
{
    /// <summary>Handles an event. What it answers is done, durably; what it throws is an error, and the event comes again.</summary>
    Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken);

    /// <summary>What is worth trying once the caller has its answer. Failing loses nothing.</summary>
    Task AfterAnswerAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
