namespace Billing.Runs;

/// <summary>What ends a batch.</summary>
/// <param name="Rows">A number of rows.</param>
/// <param name="Bytes">A number of bytes of them as received, if it is reached first: as texts, rows take several times as much memory, and a run holds several batches.</param>
internal readonly record struct BatchLimit(int Rows, int Bytes)
{
    /// <summary>Unless stated otherwise.</summary>
    public static BatchLimit Default => new(10_000, 4 << 20);
}
