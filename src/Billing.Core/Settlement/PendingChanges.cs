namespace Billing.Settlement;

/// <summary>What became of pending rows.</summary>
/// <param name="Replaced">The rows and the money that posted records replaced, as pending.</param>
/// <param name="Asked">The number of rows within reach that could be several records, or whose record could be that of several rows.</param>
internal sealed record PendingChanges(ControlTotals Replaced, long Asked)
{
    public static PendingChanges None { get; } = new(ControlTotals.Zero, 0);
}
