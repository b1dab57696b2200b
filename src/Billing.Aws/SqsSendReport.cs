namespace Billing.Aws;

/// <summary>What became of a stream of messages.</summary>
/// <param name="Sent">How many the queue has confirmed.</param>
/// <param name="Unsent">Every other, with why.</param>
public sealed record SqsSendReport(long Sent, IReadOnlyList<SqsUnsentMessage> Unsent);
