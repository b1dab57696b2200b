namespace Billing.Aws;

/// <summary>How a host takes the messages of a queue.</summary>
public sealed class SqsListenerOptions
{
    /// <summary>
    /// How long nobody else gets messages that were received, whole seconds from 10 seconds to 12 hours; what is not done by then is cancelled, and its messages come again. Default 5 minutes.
    /// </summary>
    public TimeSpan VisibilityTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long until a message that was not done comes again, whole seconds up to 12 hours. Default 30 seconds. How often it comes, the queue says (<c>maxReceiveCount</c>).</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many batches, of up to ten messages each, are under way at once, 1 to 64. Default 1.</summary>
    public int Concurrency { get; set; } = 1;

    /// <summary>The longest pause after the queue could not be asked, 1 second to an hour; the first is a second, each further one twice as long. Default 1 minute.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A copy that later changes of this do not reach.</summary>
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
