using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The kinds of faults in what a ledger holds.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum StoreFaultKind
{
    /// <summary>A record's content does not match its fingerprint.</summary>
    Fingerprint,

    /// <summary>A key is stored more than once.</summary>
    KeyTwice,

    /// <summary>The totals of a run differ from those of the records that it stored.</summary>
    RunTotals,

    /// <summary>A run does not balance.</summary>
    RunBalance,

    /// <summary>Records name a run that does not exist.</summary>
    RunMissing,

    /// <summary>Records are in an earlier canonical form, and are not recognised when they are delivered again: migrate the store (<see cref="StoreMigration"/>).</summary>
    CanonicalForm,
}
