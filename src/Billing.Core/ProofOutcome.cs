using System.Text.Json.Serialization;

namespace Billing;

/// <summary>Whether the totals that the sender states come out.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum ProofOutcome
{
    /// <summary>Nothing was stated that could be compared.</summary>
    Unproved,

    /// <summary>Every figure that was compared comes out.</summary>
    Proved,

    /// <summary>A figure does not come out, or cannot: nothing of the source is stored.</summary>
    Contradicted,
}
