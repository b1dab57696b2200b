namespace Billing;

/// <summary>Options of an <see cref="AlertSender"/>.</summary>
public sealed class AlertSenderOptions
{
    /// <summary>The most alerts that one call tries, 1 to 10,000. Default 100.</summary>
    public int MostPerCall { get; set; } = 100;

    /// <summary>How long sending one alert may take, 1 millisecond to 10 minutes. Default 10 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause after the first failed attempt, 1 second to a day; each further one is twice as long. Default 30 seconds.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest pause, from <see cref="FirstDelay"/> to a day. It is tried for ever. Default 1 hour.</summary>
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromHours(1);

    internal TimeSpan DelayAfter(int attempts)
    {
        TimeSpan delay = FirstDelay;
        for (int i = 1; i < attempts && delay < LongestDelay; i++)
        {
            delay += delay;
        }

        return delay < LongestDelay ? delay : LongestDelay;
    }

    /// <summary>A copy that later changes of this do not reach.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal AlertSenderOptions Checked()
    {
        Check(MostPerCall is >= 1 and <= 10_000, nameof(MostPerCall), MostPerCall, "1 to 10000");
        Check(Timeout >= TimeSpan.FromMilliseconds(1) && Timeout <= TimeSpan.FromMinutes(10), nameof(Timeout), Timeout, "1 millisecond to 10 minutes");
        Check(FirstDelay >= TimeSpan.FromSeconds(1) && FirstDelay <= TimeSpan.FromDays(1), nameof(FirstDelay), FirstDelay, "1 second to a day");
        Check(LongestDelay >= FirstDelay && LongestDelay <= TimeSpan.FromDays(1), nameof(LongestDelay), LongestDelay, $"{nameof(FirstDelay)} to a day");
        return (AlertSenderOptions)MemberwiseClone();
    }

    private static void Check(bool isRight, string option, object value, string use)
    {
        if (!isRight)
        {
            throw new BillingConfigurationException(FormattableString.Invariant($"{nameof(AlertSenderOptions)}.{option} is '{value}'. Use {use}."));
        }
    }
}
