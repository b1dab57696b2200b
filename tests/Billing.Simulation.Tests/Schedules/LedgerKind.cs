namespace Billing.Simulation.Tests.Schedules;

/// <summary>The ledger of a schedule.</summary>
internal enum LedgerKind
{
    Memory,

    /// <summary>A SQLite file.</summary>
    Sqlite,

    /// <summary>A SQLite file whose records are sorted into their indexes after nearly every batch.</summary>
    SqliteSorted,
}
