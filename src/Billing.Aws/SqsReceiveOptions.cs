namespace Billing.Aws;

/// <summary>Options for receiving messages.</summary>
public sealed record SqsReceiveOptions
{
    /// <summary>The largest number of messages, 1 to 10. Default 10.</summary>
    public int MaxMessages { get; init; } = 10;

    /// <summary>How long the queue waits for a message, in whole seconds, up to 20. Default 20 seconds.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the messages are hidden from others, in whole seconds, up to 12 hours. Default: the setting of the queue.</summary>
    public TimeSpan? VisibilityTimeout { get; init; }

    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal SqsReceiveOptions Checked()
    {
        Check(MaxMessages is >= 1 and <= 10, nameof(MaxMessages), MaxMessages, "1 to 10");
        Check(Wait >= TimeSpan.Zero && Wait <= TimeSpan.FromSeconds(20), nameof(Wait), Wait, "up to 20 seconds");
        Check(VisibilityTimeout is null || (VisibilityTimeout >= TimeSpan.Zero && VisibilityTimeout <= TimeSpan.FromHours(12)), nameof(VisibilityTimeout), VisibilityTimeout, "up to 12 hours, or null");
        return this;
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(SqsReceiveOptions), option, value, use);
}
