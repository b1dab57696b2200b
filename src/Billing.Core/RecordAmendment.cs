using Billing.Stores;

namespace Billing;

/// <summary>A change of one record in a store, with the document that keeps what it was and why.</summary>
/// <param name="From">The record as it is stored, or null if none is stored under the key.</param>
/// <param name="To">The record as it becomes, under the same key; or null if it leaves the store.</param>
/// <param name="Document">The document that is stored with the change. A change whose document is stored already was made before.</param>
public sealed record RecordAmendment(BillingRecord? From, BillingRecord? To, LedgerDocument Document)
{
    /// <summary>The key of the record.</summary>
    /// <exception cref="ArgumentException">There is no record, or there are two with different keys.</exception>
    public RecordKey Key => (From, To) switch
    {
        (null, null) => throw new ArgumentException("An amendment changes a record: From and To are both null."),
        ({ } from, { } to) when from.Key != to.Key => throw new ArgumentException($"An amendment does not change the key of a record: {from.Key} is another key than {to.Key}."),
        _ => (From ?? To)!.Key,
    };

    /// <summary>Whether a store has the record as it was read: in every field, and of the same run.</summary>
    /// <param name="stored">What the store has under the key, or null.</param>
    public bool Fits(BillingRecord? stored) => From is null ? stored is null : stored is not null && IsSame(stored, From);

    /// <summary>Returns the error for a store that does not have the record as it was read.</summary>
    /// <param name="store">The name of the store.</param>
    public BillingException Lost(string store)
    {
        BillingRecord record = (From ?? To)!;
        return new($"{store} does not have the record of {record.Source.Name}, line {record.Source.Line} (key {record.Key}) as it was read. Another program changed it in the meantime. Run the command again: what is done already stays, and the rest is read again.");
    }

    /// <summary>Whether two records are the same in every field, and of the same run.</summary>
    internal static bool IsSame(BillingRecord one, BillingRecord other) => one.Key == other.Key && one.RunId == other.RunId && RecordDifferences.Between(one, other).Count == 0;

    /// <summary>What changes.</summary>
    public override string ToString() => $"{(From is null ? "new" : To is null ? "out" : "changed")}: {From ?? To}";
}
