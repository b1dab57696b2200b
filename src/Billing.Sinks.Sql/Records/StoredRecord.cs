namespace Billing.Sinks.Sql.Records;

/// <summary>What is stored under a key, as far as it is needed to tell a duplicate from a conflict.</summary>
/// <param name="Fingerprint">The fingerprint.</param>
/// <param name="Source">The name of the source that it came from.</param>
/// <param name="Line">The line; read only where it is needed, as are the next two.</param>
/// <param name="ByteOffset">The byte offset.</param>
/// <param name="RunId">The run that stored it.</param>
internal readonly record struct StoredRecord(Fingerprint Fingerprint, string Source, long Line = 0, long ByteOffset = 0, string? RunId = null)
{
    /// <summary>What a record will be, once it is stored.</summary>
    public static StoredRecord Of(BillingRecord record) => new(record.Fingerprint, record.Source.Name, record.Source.Line, record.Source.ByteOffset, record.RunId);

    /// <summary>What is said of another record with the same key.</summary>
    public WriteOutcome OutcomeOf(BillingRecord record) => Fingerprint == record.Fingerprint
        ? WriteOutcome.Duplicate(Source)
        : WriteOutcome.Conflict(Source, Fingerprint);
}
