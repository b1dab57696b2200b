using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Which failures of a run a fault explains.</summary>
internal static class Expectations
{
    /// <summary>Whether a run whose store had this fault cannot complete.</summary>
    public static bool MustFail(Fault? fault, bool hasCome) => hasCome && (fault!.IsDeath || fault.Kind is FaultKind.ThrowsBefore or FaultKind.ThrowsAfter);

    /// <summary>Whether the fault explains the exception.</summary>
    public static bool Allow(Exception exception, Fault? fault, bool hasCome) => hasCome && fault!.Kind switch
    {
        FaultKind.IsBusy => false,
        FaultKind.CancelsBefore or FaultKind.CancelsAfter or FaultKind.CancelsAtRecord => exception is OperationCanceledException,
        _ => exception is IngestFailedException,
    };
}
