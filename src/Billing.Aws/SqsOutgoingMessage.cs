namespace Billing.Aws;

/// <summary>A message to send.</summary>
/// <param name="Body">The body; SQS takes at least one character, and no control characters but tab and line breaks.</param>
public sealed record SqsOutgoingMessage(string Body)
{
    /// <summary>The group whose order a FIFO queue keeps; needed there. Default none.</summary>
    public string? GroupId { get; init; }

    /// <summary>What a FIFO queue recognises a repetition within five minutes by. Default none: the queue must then take the content.</summary>
    public string? DeduplicationId { get; init; }

    /// <summary>How long the queue holds it back, whole seconds up to 15 minutes. Default as the queue says.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Attributes of type String, up to 10. Default none.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
