namespace Billing;

/// <summary>How long rates that were fetched are used.</summary>
public sealed class RateSourceOptions
{
    /// <summary>How long after they were fetched rates are used without asking again, up to a day. Default 1 hour; zero: asked before every run.</summary>
    public TimeSpan RefreshAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long after they were fetched rates are still used where fetching fails, with a warning in the log; from <see cref="RefreshAfter"/> to 30 days. Default 1 day.
    /// Beyond it a run does not begin. Which day's rate suits a record is another matter, and the rates' own.
    /// </summary>
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long fetching may take, 1 millisecond to 10 minutes. Default 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A copy that later changes of this do not reach.</summary>
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
