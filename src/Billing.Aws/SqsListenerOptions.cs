namespace Billing.Aws;

/// <summary>Options for receiving the messages of a queue in a host.</summary>
public sealed class SqsListenerOptions
{
    /// <summary>
    /// How long received messages are hidden from others, in whole seconds, 10 seconds to 12 hours. Work that is not finished by then is cancelled, and its messages are delivered again. Default 5 minutes.
    /// </summary>
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long until a message that was not handled is delivered again, in whole seconds, up to 12 hours. Default 30 seconds. The queue decides how many times it delivers one (<c>maxReceiveCount</c>).</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many batches, of up to ten messages each, are handled at once, 1 to 64. Default 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>The longest pause after a failed call to the queue, 1 second to 1 hour. The first pause is 1 second; each further one is twice as long. Default 1 minute.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal SqsListenerOptions Checked()
    {
        Check(IsWhole(VisibilityTimeout) && VisibilityTimeout >= TimeSpan.FromSeconds(10) && VisibilityTimeout <= TimeSpan.FromHours(12), nameof(VisibilityTimeout), VisibilityTimeout, "whole seconds from 10 seconds to 12 hours");
        Check(IsWhole(RetryAfter) && RetryAfter >= TimeSpan.Zero && RetryAfter <= TimeSpan.FromHours(12), nameof(RetryAfter), RetryAfter, "whole seconds up to 12 hours");
        Check(Concurrency is >= 1 and <= 64, nameof(Concurrency), Concurrency, "1 to 64");
        Check(MaxRetryDelay >= TimeSpan.FromSeconds(1) && MaxRetryDelay <= TimeSpan.FromHours(1), nameof(MaxRetryDelay), MaxRetryDelay, "1 second to an hour");
        return (SqsListenerOptions)MemberwiseClone();
    }

    private static bool IsWhole(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0;

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(SqsListenerOptions), option, value, use);
}
