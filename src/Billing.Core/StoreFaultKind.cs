using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The kinds of faults in what a ledger holds.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum StoreFaultKind
{
    /// <summary>A record's content does not match its fingerprint.</summary>
    Fingerprint,

    /// <summary>A key is not the one that the identity of its run gives the record.</summary>
    Key,

    /// <summary>An amount in the reporting currency is not what the rates of its run make of the amount.</summary>
    ReportingAmount,

    /// <summary>A category, the flags or the alerts are not those that the rules of its run give the record.</summary>
    Category,

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

    /// <summary>A seal was edited, is missing, or does not follow the one before it.</summary>
    SealChain,

    /// <summary>The seals do not lead to a head that was kept elsewhere: the end was cut off, or what is sealed was changed and all seals computed again.</summary>
    SealHead,

    /// <summary>A sealed run or entry is gone.</summary>
    SealedMissing,

    /// <summary>The report of a run, or an entry, is not the one that was sealed.</summary>
    SealedReport,

    /// <summary>The records of a run, its rows in quarantine or its changes are not those that were sealed.</summary>
    SealedContent,

    /// <summary>What the entries say does not fit the rest: a record is not as the last change left it, a change names no entry, or a run counts as taken back and no entry takes it back.</summary>
    History,

    /// <summary>A run or an entry is not sealed (yet). It contradicts nothing: <see cref="LedgerSeals.SealAsync"/> seals what has ended.</summary>
    NotSealed,
}
