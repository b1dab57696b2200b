namespace Billing.Simulation.Tests.Ledgers;

/// <summary>The process that a run goes on in, with all of its connections.</summary>
internal sealed class Process : IDisposable
{
    /// <summary>Cancels the run.</summary>
    public CancellationTokenSource Cancellation { get; } = new();

    public CancellationToken Token => Cancellation.Token;

    /// <summary>Whether the fault of the run came.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether the process has ended: no store gets another call.</summary>
    public bool HasEnded { get; set; }

    public void Dispose() => Cancellation.Dispose();
}
