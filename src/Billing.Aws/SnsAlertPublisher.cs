namespace Billing.Aws;

/// <summary>Sends alerts to an SNS topic, each with the attribute <c>AlertId</c>, by which a receiver recognises an alert that arrives twice.</summary>
/// <param name="topic">The topic.</param>
public sealed class SnsAlertPublisher(SnsTopic topic) : IAlertPublisher
{
    private readonly SnsTopic _topic = topic ?? throw new ArgumentNullException(nameof(topic));

    /// <inheritdoc/>
    /// <exception cref="AwsException">Publishing failed.</exception>
    public Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return _topic.PublishAsync(alert.Subject, alert.Message, new Dictionary<string, string> { ["AlertId"] = alert.Id, ["Rule"] = alert.Rule }, alert.Id, cancellationToken);
    }
}
