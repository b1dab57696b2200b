using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a store of a pipeline said when it was asked whether a run could begin.</summary>
/// <param name="Store">Its name, as reports and logs call it.</param>
/// <param name="IsLedger">Whether it is the one that decides.</param>
/// <param name="Failure">Why a run could not begin, and what to do: it does not answer, has no tables, has records of an earlier canonical form, or another reporting currency. Null when one could.</param>
public sealed record StoreCheck(string Store, bool IsLedger, [property: JsonConverter(typeof(BillingJsonConverter))] Exception? Failure)
{
    /// <summary>The store, and what it said, such as <c>sqlite: a run could begin</c>.</summary>
    public override string ToString() => $"{Store}: {Failure?.Message ?? "a run could begin"}";
}
