namespace Billing;

/// <summary>
/// The alerts that a store keeps, each written together with its record: either both are there or neither, and a duplicate writes none.
/// A store that is an <see cref="IBillingSink"/> implements it beside that.
/// </summary>
public interface IAlertStore
{
    /// <summary>
    /// Claims unsent alerts that are due, the longest due first: until <paramref name="now"/> + <paramref name="lease"/> nobody else is given them.
    /// </summary>
    /// <param name="most">The most alerts, 1 to 100.</param>
    /// <param name="now">The time now.</param>
    /// <param name="lease">How long the claim holds, more than zero. An alert whose sender died is due again after it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The alerts, with their new <see cref="BillingAlert.DueAt"/>; fewer than <paramref name="most"/>, even none, where others claim at the same time.</returns>
    ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default);

    /// <summary>Notes that a claimed alert was sent, also after its claim has run out. One that is noted already stays as it is.</summary>
    ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default);

    /// <summary>Notes a failed attempt at a claimed alert, and makes it due at <paramref name="retryAt"/>. Nothing changes where the claim has run out and another sender has the alert, or it is sent.</summary>
    ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default);

    /// <summary>The alerts of a record, sent and unsent, in the order of their rules; none where it has none. Read consistently.</summary>
    ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default);
}
