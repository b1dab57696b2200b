using Billing.Fingerprints;
using Billing.Rows;

namespace Billing.Runs;

/// <summary>A batch on its way through the stages of a run. Its objects are used again by a later batch.</summary>
/// <param name="mostKept">The number of bytes of canonical forms that a later batch may find here.</param>
internal sealed class BatchRows(int mostKept)
{
    /// <summary>The number of rows that go through the steps of a stage together: they stay in the processor's cache from the first step to the last.</summary>
    public const int AtOnce = 512;

    public RecycledList<ParsedRow> Rows { get; } = new();

    /// <summary>The rows that become records.</summary>
    public RecycledList<PendingRecord> Pending { get; } = new();

    /// <summary>The canonical forms of <see cref="Pending"/>, until they are hashed.</summary>
    public FormBuffer Contents { get; private set; } = new();

    /// <summary>Everything read from the source up to the end of this batch.</summary>
    public ControlTotals Read { get; set; } = ControlTotals.Zero;

    /// <summary>The bytes read from the source so far.</summary>
    public long BytesRead { get; set; }

    public void Clear()
    {
        Rows.Clear();
        Pending.Clear();
        if (Contents.Capacity > mostKept)
        {
            // Rows of many megabytes are rare, and must not cost their memory to the end of the run.
            Contents = new FormBuffer();
        }
    }
}
