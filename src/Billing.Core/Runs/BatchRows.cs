using Billing.Rows;

namespace Billing.Runs;

/// <summary>The objects of a batch, which a later batch of the run uses again.</summary>
internal sealed class BatchRows
{
    public RecycledList<ParsedRow> Rows { get; } = new();

    /// <summary>The rows that become records.</summary>
    public RecycledList<PendingRecord> Pending { get; } = new();

    public void Clear()
    {
        Rows.Clear();
        Pending.Clear();
    }
}
