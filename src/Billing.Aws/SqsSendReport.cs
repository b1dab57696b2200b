namespace Billing.Aws;

/// <summary>The result of sending a stream of messages.</summary>
/// <param name="Sent">How many messages the queue has confirmed.</param>
/// <param name="Unsent">All other messages, each with the reason.</param>
public sealed record SqsSendReport(long Sent, IReadOnlyList<SqsUnsentMessage> Unsent);
