namespace Billing.Local.Systems;

/// <summary>A queue with its dead-letter queue, and how it feeds a function.</summary>
/// <param name="Name">The name of the queue; the dead-letter queue is named after it.</param>
/// <param name="Function">The function that it feeds.</param>
/// <param name="BatchSize">The most messages in one event.</param>
/// <param name="Window">How long messages are collected for one event.</param>
/// <param name="MaxConcurrency">The number of events handled at once.</param>
internal sealed record QueueDefinition(string Name, string Function, int BatchSize, TimeSpan Window, int MaxConcurrency)
{
    public string DeadLetters => Name + "DeadLetters";
}
