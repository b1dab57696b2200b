using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What can be wrong with what a ledger holds.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum StoreFaultKind
{
    /// <summary>A record's content is not what its fingerprint says.</summary>
    Fingerprint,

    /// <summary>A key is there more than once.</summary>
    KeyTwice,

    /// <summary>A run states other totals than those of the records that it stored.</summary>
    RunTotals,

    /// <summary>A run does not balance.</summary>
    RunBalance,

    /// <summary>Records name a run that is not there.</summary>
    RunMissing,

    /// <summary>Records are in an earlier canonical form, and are not recognised when they are delivered again: the store has to be migrated (<see cref="StoreMigration"/>).</summary>
    CanonicalForm,
}
