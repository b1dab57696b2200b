namespace Billing.Runs;

/// <summary>Watches the records of one source for what its reader should be told. Called for each, in order.</summary>
internal interface IRowWatch
{
    /// <summary>What to tell the reader of the report, or null.</summary>
    string? Warning { get; }

    /// <summary>Looks at a record that has its key.</summary>
    void Note(BillingRecord record);
}
