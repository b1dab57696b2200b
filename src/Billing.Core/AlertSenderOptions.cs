namespace Billing;

/// <summary>Options of an <see cref="AlertSender"/>.</summary>
public sealed class AlertSenderOptions
{
    /// <summary>The maximum number of alerts that one call tries, 1 to 10,000. Default 100.</summary>
    public int MaxAlerts { get; set; } = 100;

    /// <summary>The time limit for sending one alert, 1 millisecond to 10 minutes. Default 10 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failed attempt, 1 second to 1 day. Each further pause is twice as long. Default 30 seconds.</summary>
    public TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause, from <see cref="FirstRetryDelay"/> to a day. It is tried for ever. Default 1 hour.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromHours(1);

    internal TimeSpan DelayAfter(int attempts)
    {
        TimeSpan delay = FirstRetryDelay;
        for (int i = 1; i < attempts && delay < MaxRetryDelay; i++)
        {
            delay += delay;
        }

        return delay < MaxRetryDelay ? delay : MaxRetryDelay;
    }

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal AlertSenderOptions Checked()
    {
        Check(MaxAlerts is >= 1 and <= 10_000, nameof(MaxAlerts), MaxAlerts, "1 to 10000");
        Check(AttemptTimeout >= TimeSpan.FromMilliseconds(1) && AttemptTimeout <= TimeSpan.FromMinutes(10), nameof(AttemptTimeout), AttemptTimeout, "1 millisecond to 10 minutes");
        Check(FirstRetryDelay >= TimeSpan.FromSeconds(1) && FirstRetryDelay <= TimeSpan.FromDays(1), nameof(FirstRetryDelay), FirstRetryDelay, "1 second to a day");
        Check(MaxRetryDelay >= FirstRetryDelay && MaxRetryDelay <= TimeSpan.FromDays(1), nameof(MaxRetryDelay), MaxRetryDelay, $"{nameof(FirstRetryDelay)} to a day");
        return (AlertSenderOptions)MemberwiseClone();
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(AlertSenderOptions), option, value, use);
}
