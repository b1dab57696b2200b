namespace Billing.Sinks.Aurora;

/// <summary>What is stored under a key, as far as it is needed to tell a duplicate from a conflict.</summary>
/// <param name="Fingerprint">The fingerprint.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="RunId">The run that stored it.</param>
internal readonly record struct StoredRecord(Fingerprint Fingerprint, RecordSource Source, string RunId)
{
    /// <summary>What a record will be, once it is stored.</summary>
    public static StoredRecord Of(BillingRecord record) => new(record.Fingerprint, record.Source, record.RunId);

    /// <summary>What is said of another record with the same key.</summary>
    public WriteOutcome OutcomeOf(BillingRecord record) => Fingerprint == record.Fingerprint
        ? WriteOutcome.Duplicate(Source.Name)
        : WriteOutcome.Conflict(Source.Name, Fingerprint);
}
