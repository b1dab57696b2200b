using Billing.Lambda.Runtime;

namespace Billing.Lambda;

/// <summary>One function. Everything that it needs is created before its first event.</summary>
internal interface IFunction
{
    /// <summary>Handles an event. When it returns, the work is done durably; when it throws, the event is delivered again.</summary>
    Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation, CancellationToken cancellationToken);

    /// <summary>Does work that is worth trying after the caller has the answer. A failure loses nothing.</summary>
    Task AfterAnswerAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
