using Billing.Memory;
using Billing.Storage;

namespace Billing;

/// <summary>Receipts in memory, for tests. The reference for what other stores answer.</summary>
public sealed class MemoryReceiptStore : IReceiptStore, IAlertStore
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly MemoryAlerts _alerts;
    private readonly MemoryReceipts _receipts = new();

    /// <summary>An empty store.</summary>
    /// <param name="timeProvider">The clock that alerts take their time from; null for the system's.</param>
    public MemoryReceiptStore(TimeProvider? timeProvider = null)
    {
        _time = timeProvider ?? TimeProvider.System;
        _alerts = new MemoryAlerts(_lock);
    }

    /// <summary>The name that messages use.</summary>
    public override string ToString() => "memory";

    /// <inheritdoc/>
    public ValueTask<ReceiptOutcome> AddReceiptAsync(Receipt receipt, ReceiptUpload upload, CancellationToken cancellationToken = default)
    {
        ReceiptRules.Check(receipt, upload);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            ReceiptOutcome outcome = _receipts.Add(receipt, upload);
            if (outcome == ReceiptOutcome.Stored)
            {
                _alerts.Add(ReceiptRules.AlertsOf(receipt, _time.GetUtcNow()));
            }

            return ValueTask.FromResult(outcome);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Receipt?> FindReceiptAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return ValueTask.FromResult(_receipts.Find(id));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Page<Receipt>> GetReceiptsAsync(PageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(page);
        cancellationToken.ThrowIfCancellationRequested();
        PageBuilder<Receipt, byte[]> built = StorePages.Of<Receipt>(page, "receipts", receipt => ReceiptPosition.Of(receipt).ToBytes());
        ReceiptPosition? after = built.TryGetAfter(out byte[]? position) ? ReceiptPosition.Parse(position) : null;
        lock (_lock)
        {
            return ValueTask.FromResult(built.Fill(_receipts.List(after, built.Limit)));
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BillingAlert>> ClaimAlertsAsync(int most, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken = default) =>
        _alerts.ClaimAlertsAsync(most, now, lease, cancellationToken);

    /// <inheritdoc/>
    public ValueTask ConfirmAlertAsync(BillingAlert alert, DateTimeOffset sentAt, CancellationToken cancellationToken = default) =>
        _alerts.ConfirmAlertAsync(alert, sentAt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask FailAlertAsync(BillingAlert alert, string error, DateTimeOffset retryAt, CancellationToken cancellationToken = default) =>
        _alerts.FailAlertAsync(alert, error, retryAt, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BillingAlert>> GetAlertsAsync(RecordKey key, CancellationToken cancellationToken = default) =>
        _alerts.GetAlertsAsync(key, cancellationToken);
}
