namespace Billing.Runs;

/// <summary>Watches the records of one source for something to warn about. Called for all records, in order.</summary>
internal interface IRowWatch
{
    /// <summary>The warning for the report, or null.</summary>
    string? Warning { get; }

    /// <summary>Looks at records that have their keys.</summary>
    void Note(ReadOnlySpan<PendingRecord> records);
}
