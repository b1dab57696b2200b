using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a seal is of.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum LedgerSealKind
{
    /// <summary>A run.</summary>
    Run,

    /// <summary>An entry that changed records which were stored before.</summary>
    Entry,
}
