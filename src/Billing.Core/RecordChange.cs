namespace Billing;

/// <summary>A change of a stored record, as the ledger keeps it.</summary>
/// <param name="EntryId">The id of the entry, or of the run, that changed it. Ids sort by time.</param>
/// <param name="From">The record before, or null if none was stored under the key.</param>
/// <param name="To">The record after, or null if it left the ledger.</param>
public sealed record RecordChange(string EntryId, BillingRecord? From, BillingRecord? To)
{
    /// <summary>The key of the record.</summary>
    public RecordKey Key => (From ?? To)!.Key;

    /// <summary>What changed.</summary>
    public override string ToString() => $"{(From is null ? "put back" : To is null ? "taken out" : "changed")} by {EntryId}: {From ?? To}";
}
