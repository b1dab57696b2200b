namespace Billing;

/// <summary>A destination for alerts: a topic, a mailbox, a chat. If the call returns, the alert is sent. If it throws, the alert is tried again later.</summary>
public interface IAlertPublisher
{
    /// <summary>Sends one alert. It may be called again for the same alert, if a process was killed after sending it and before marking it as sent: pass <see cref="BillingAlert.Id"/> on.</summary>
    Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken = default);
}
