namespace Billing.Sinks.Sql.Records;

/// <summary>What is stored under a key, as far as needed to tell a duplicate from a conflict.</summary>
/// <param name="Fingerprint">The fingerprint.</param>
/// <param name="Source">The name of the source of the record.</param>
/// <param name="Line">The line. Like the next two values, it is read only if needed.</param>
/// <param name="ByteOffset">The byte offset.</param>
/// <param name="RunId">The run that stored it.</param>
internal readonly record struct StoredRecord(Fingerprint Fingerprint, string Source, long Line = 0, long ByteOffset = 0, string? RunId = null)
{
    /// <summary>Returns the stored form of a record that is about to be stored.</summary>
    public static StoredRecord Of(BillingRecord record) => new(record.Fingerprint, record.Source.Name, record.Source.Line, record.Source.ByteOffset, record.RunId);

    /// <summary>Returns the description for the conflict with another record under the same key.</summary>
    public WriteOutcome OutcomeOf(BillingRecord record) => Fingerprint == record.Fingerprint
        ? WriteOutcome.Duplicate(Source)
        : WriteOutcome.Conflict(Source, Fingerprint);
}
