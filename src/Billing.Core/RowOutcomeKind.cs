using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What became of one row of a source.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum RowOutcomeKind
{
    /// <summary>The ledger stored it.</summary>
    Stored,

    /// <summary>It was in the ledger already with the same content.</summary>
    Duplicate,

    /// <summary>Its key was in the ledger with other content; what came in is kept in quarantine.</summary>
    Conflict,

    /// <summary>It could not be processed, and is kept in quarantine.</summary>
    Quarantined,
}
