namespace Billing.Aws;

/// <summary>A message to send.</summary>
/// <param name="Body">The body. SQS accepts at least one character, and no control characters other than tab and line breaks.</param>
public sealed record SqsOutgoingMessage(string Body)
{
    /// <summary>The group in which a FIFO queue keeps the order; required for a FIFO queue. Default none.</summary>
    public string? GroupId { get; init; }

    /// <summary>The id by which a FIFO queue recognises a repetition within five minutes. Default none: the queue must then use the content.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>How long the queue holds the message back, in whole seconds, up to 15 minutes. Default: the setting of the queue.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>The attributes, of type String, up to 10. Default none.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
