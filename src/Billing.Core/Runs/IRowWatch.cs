namespace Billing.Runs;

/// <summary>Watches the records of one source for something to warn about. Called for each record, in order.</summary>
internal interface IRowWatch
{
    /// <summary>The warning for the report, or null.</summary>
    string? Warning { get; }

    /// <summary>Looks at a record that has its key.</summary>
    void Note(PendingRecord record);
}
