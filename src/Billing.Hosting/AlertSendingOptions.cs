namespace Billing.Hosting;

/// <summary>How often alerts are sent.</summary>
public sealed class AlertSendingOptions
{
    /// <summary>The pause between two calls of the <see cref="AlertSender"/>, 1 second to a day. Default 30 seconds.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Returns a checked copy, which later changes to this object do not affect.</summary>
    /// <exception cref="BillingConfigurationException">An option is out of range.</exception>
    internal AlertSendingOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(Interval >= TimeSpan.FromSeconds(1) && Interval <= TimeSpan.FromDays(1), nameof(AlertSendingOptions), nameof(Interval), Interval, "1 second to a day");
        return (AlertSendingOptions)MemberwiseClone();
    }
}
