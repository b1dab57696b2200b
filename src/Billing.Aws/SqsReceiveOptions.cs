namespace Billing.Aws;

/// <summary>How messages are received.</summary>
public sealed record SqsReceiveOptions
{
    /// <summary>The most messages, 1 to 10. Default 10.</summary>
    public int MaxMessages { get; init; } = 10;

    /// <summary>How long the queue waits for a message, whole seconds up to 20. Default 20 seconds.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long nobody else gets the messages, whole seconds up to 12 hours. Default as the queue says.</summary>
    public TimeSpan? VisibilityTimeout { get; init; }

    internal SqsReceiveOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessages, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessages, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(Wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Wait, TimeSpan.FromSeconds(20));
        return this;
    }
}
