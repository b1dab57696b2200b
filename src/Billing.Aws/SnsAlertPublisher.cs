namespace Billing.Aws;

/// <summary>Sends alerts to a topic of SNS, each with the attribute <c>AlertId</c>, by which a receiver knows one that comes twice.</summary>
/// <param name="topic">The topic.</param>
public sealed class SnsAlertPublisher(SnsTopic topic) : IAlertPublisher
{
    private readonly SnsTopic _topic = topic ?? throw new ArgumentNullException(nameof(topic));

    /// <inheritdoc/>
    /// <exception cref="AwsException">It was not published.</exception>
    public Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return _topic.PublishAsync(alert.Subject, alert.Message, new Dictionary<string, string> { ["AlertId"] = alert.Id, ["Rule"] = alert.Rule }, alert.Id, cancellationToken);
    }
}
