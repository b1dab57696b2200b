namespace Billing.Runs;

/// <summary>What a replay must know of a record that has the key: its content, where it comes from, and the run that stored it.</summary>
internal readonly record struct HeldRecord(Fingerprint Fingerprint, RecordSource Source, string RunId)
{
    public static HeldRecord Of(BillingRecord record) => new(record.Fingerprint, record.Source, record.RunId);
}
