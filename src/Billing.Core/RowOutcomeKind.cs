using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The outcome of one row of a source.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum RowOutcomeKind
{
    /// <summary>The ledger stored it.</summary>
    Stored,

    /// <summary>The ledger already had it with the same content.</summary>
    Duplicate,

    /// <summary>The ledger already had its key with other content; the delivered row is kept in quarantine.</summary>
    Conflict,

    /// <summary>It could not be processed, and is kept in quarantine.</summary>
    Quarantined,
}
