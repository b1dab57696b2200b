using Billing.Categories;

namespace Billing.Settlement;

/// <summary>What of the pending rows may have changed with a run: those that it delivered, and those whose posted record may be among its rows.</summary>
internal sealed class PendingReach(string runId, Delivery? delivery)
{
    private readonly HashSet<RecordKey> _delivered = [];
    private DateSpan? _dates;

    public string RunId => runId;

    public Delivery? Delivery => delivery;

    /// <summary>The dates of its rows; null if there is none.</summary>
    public DateSpan? Dates => delivery is null ? _dates : Joined(_dates, new DateSpan(delivery.From, delivery.To));

    /// <summary>Whether the run delivered a pending row.</summary>
    public bool Has(RecordKey key) => _delivered.Contains(key);

    /// <summary>Notes what the run delivered.</summary>
    /// <param name="quarantined">What it put into quarantine.</param>
    /// <param name="records">What it made records of.</param>
    public void Note(IEnumerable<QuarantinedRecord> quarantined, IEnumerable<IRuleSubject> records)
    {
        foreach (QuarantinedRecord row in quarantined)
        {
            if (row.Reason == QuarantineReason.Pending)
            {
                _delivered.Add(row.Key);
            }
        }

        foreach (IRuleSubject record in records)
        {
            _dates = Joined(_dates, new DateSpan(record.Date, record.Date));
        }
    }

    private static DateSpan Joined(DateSpan? one, DateSpan other) => one is not { } span
        ? other
        : new DateSpan(span.From < other.From ? span.From : other.From, span.To > other.To ? span.To : other.To);
}
