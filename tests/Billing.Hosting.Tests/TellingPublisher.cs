namespace Billing.Hosting.Tests;

/// <summary>Tells of the first alert that it is given.</summary>
internal sealed class TellingPublisher : IAlertPublisher
{
    public TaskCompletionSource<BillingAlert> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task PublishAsync(BillingAlert alert, CancellationToken cancellationToken)
    {
        First.TrySetResult(alert);
        return Task.CompletedTask;
    }
}
