namespace Billing.Simulation.Tests.Schedules;

/// <summary>What goes wrong at one call of the store.</summary>
internal enum FaultKind
{
    /// <summary>The call fails, and has done nothing.</summary>
    ThrowsBefore,

    /// <summary>The call has done its work, and fails: nobody knows whether it did.</summary>
    ThrowsAfter,

    CancelsBefore,

    CancelsAfter,

    /// <summary>The caller cancels while the store reads a record of a batch.</summary>
    CancelsAtRecord,

    /// <summary>The process ends: this call and all later ones do nothing, and nothing more is recorded.</summary>
    DiesBefore,

    DiesAfter,

    /// <summary>The process ends while the store reads a record of a batch.</summary>
    DiesAtRecord,

    /// <summary>The machine stops: work goes on with the files as they were at this moment.</summary>
    CrashesBefore,

    CrashesAfter,

    CrashesAtRecord,

    /// <summary>The machine stops while the write-ahead log is written: its last bytes are missing.</summary>
    CrashesTorn,

    /// <summary>Another program holds the store for a moment, which the store waits for.</summary>
    IsBusy,
}
