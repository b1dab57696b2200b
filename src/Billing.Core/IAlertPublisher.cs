namespace Billing;

/// <summary>Where alerts go: a topic, a mailbox, a chat. What returns is sent; whatever fails escapes as an exception, and the alert is tried again later.</summary>
public interface IAlertPublisher
{
    /// <summary>Sends one alert. It may be called again for the same alert, after a process was killed between sending and noting it: pass <see cref="BillingAlert.Id"/> on.</summary>
    Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken = default);
}
