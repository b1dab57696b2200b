using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The result of a check whether a run could begin in a store of a pipeline.</summary>
/// <param name="Store">The name of the store, as in reports and logs.</param>
/// <param name="IsLedger">Whether the store is the ledger, which decides.</param>
/// <param name="Failure">Why a run could not begin, and what to do: the store does not answer, has no tables, has records in an earlier canonical form, or has another reporting currency. Null if a run could begin.</param>
public sealed record StoreCheck(string Store, bool IsLedger, [property: JsonConverter(typeof(BillingJsonConverter))] Exception? Failure)
{
    /// <summary>The store, and what it said, such as <c>sqlite: a run could begin</c>.</summary>
    public override string ToString() => $"{Store}: {Failure?.Message ?? "a run could begin"}";
}
