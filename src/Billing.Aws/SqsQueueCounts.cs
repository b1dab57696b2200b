namespace Billing.Aws;

/// <summary>The approximate number of messages in a queue.</summary>
/// <param name="Waiting">Messages that can be received.</param>
/// <param name="InFlight">Messages that were received, and neither deleted nor returned.</param>
/// <param name="Delayed">Messages that are held back.</param>
public sealed record SqsQueueCounts(long Waiting, long InFlight, long Delayed);
