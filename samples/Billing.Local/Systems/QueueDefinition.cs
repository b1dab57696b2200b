namespace Billing.Local.Systems;

/// <summary>A queue with its dead letters, and how it feeds a function.</summary>
/// <param name="Name">The queue; its dead letters are called after it.</param>
/// <param name="Function">The function that it feeds.</param>
/// <param name="BatchSize">The most messages of one event.</param>
/// <param name="Window">How long messages are gathered for one event.</param>
/// <param name="MaxConcurrency">How many events are under way at once.</param>
internal sealed record QueueDefinition(string Name, string Function, int BatchSize, TimeSpan Window, int MaxConcurrency)
{
    public string DeadLetters => Name + "DeadLetters";
}
