namespace Billing;

/// <summary>
/// A store of alerts. Each alert is written together with its record: either both are stored or neither, and a duplicate writes none.
/// A store implements it in addition to <see cref="IBillingSink"/>.
/// </summary>
public interface IAlertStore
{
    /// <summary>
    /// Claims unsent alerts that are due, the longest due first. Until <paramref name="now"/> + <paramref name="lease"/>, nobody else gets them.
    /// </summary>
    /// <param name="most">The maximum number of alerts, 1 to 100.</param>
    /// <param name="now">The current time.</param>
    /// <param name="lease">How long the claim holds; more than zero. If the sender dies, the alert is due again after that time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The alerts, with their new <see cref="BillingAlert.DueAt"/>; fewer than <paramref name="most"/>, or none, if others claim at the same time.</returns>
    ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Marks a claimed alert as sent, even if its claim has expired. An alert that is already marked stays as it is.</summary>
    ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default);

    /// <summary>Records a failed attempt to send a claimed alert, and makes it due at <paramref name="retryAt"/>. Nothing changes if the claim has expired and another sender has the alert, or if the alert is sent.</summary>
    ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default);

    /// <summary>Returns the alerts of a record, sent and unsent, in the order of their rules; an empty list if it has none. The read is consistent.</summary>
    ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default);
}
