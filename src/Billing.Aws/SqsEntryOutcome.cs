namespace Billing.Aws;

/// <summary>The outcome of one entry of a batch.</summary>
/// <param name="Succeeded">Whether the queue has confirmed the entry.</param>
/// <param name="MessageId">The id of a message that was sent; otherwise null.</param>
/// <param name="ErrorCode">The error code of AWS, or one of this package such as <c>MessageTooLong</c>; null for success.</param>
/// <param name="Error">The error in words; null for success.</param>
public sealed record SqsEntryOutcome(bool Succeeded, string? MessageId = null, string? ErrorCode = null, string? Error = null)
{
    internal static SqsEntryOutcome Failed(string code, string error) => new(false, null, code, error);
}
