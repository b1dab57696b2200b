namespace Billing.Simulation.Tests.Schedules;

/// <summary>How a source is read.</summary>
/// <param name="Kind">How its bytes arrive.</param>
/// <param name="Detail">The seed of the short reads, or where the stream breaks, in thousandths.</param>
/// <param name="CanReopen">Whether the source can be opened again, so that the ledger may know it.</param>
internal sealed record Arrival(ArrivalKind Kind, int Detail, bool CanReopen)
{
    public static Arrival Whole { get; } = new(ArrivalKind.Whole, 0, CanReopen: true);

    public override string ToString() => (CanReopen ? "" : " as a stream") + Kind switch
    {
        ArrivalKind.OneByteAtATime => ", byte by byte",
        ArrivalKind.Short => $", in short reads ({Detail})",
        ArrivalKind.Breaks => $", broken at {Detail} thousandths",
        _ => "",
    };
}
