namespace Billing;

/// <summary>Options of fetched rates: how long they are used.</summary>
public sealed class RateSourceOptions
{
    /// <summary>How long fetched rates are used before they are fetched again, up to 1 day. Default 1 hour. Zero: they are fetched before every run.</summary>
    public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long fetched rates are still used if fetching fails, with a warning in the log; from <see cref="RefreshAfter"/> to 30 days. Default 1 day.
    /// After that, no run begins. This is not the age of a rate relative to a record's date, which is up to the rates themselves.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The time limit for fetching, 1 millisecond to 10 minutes. Default 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal RateSourceOptions Checked()
    {
        Check(RefreshAfter >= TimeSpan.Zero && RefreshAfter <= TimeSpan.FromDays(1), nameof(RefreshAfter), RefreshAfter, "zero to a day");
        Check(MaxAge >= RefreshAfter && MaxAge <= TimeSpan.FromDays(30), nameof(MaxAge), MaxAge, $"{nameof(RefreshAfter)} to 30 days");
        Check(AttemptTimeout >= TimeSpan.FromMilliseconds(1) && AttemptTimeout <= TimeSpan.FromMinutes(10), nameof(AttemptTimeout), AttemptTimeout, "1 millisecond to 10 minutes");
        return (RateSourceOptions)MemberwiseClone();
    }

    private static void Check(bool isRight, string option, object? value, string use) =>
        BillingConfigurationException.ThrowUnless(isRight, nameof(RateSourceOptions), option, value, use);
}
