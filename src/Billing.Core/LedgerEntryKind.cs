using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What an entry does to records that are stored already.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum LedgerEntryKind
{
    /// <summary>A run, or another entry, is taken back.</summary>
    Revert,

    /// <summary>Records get the reporting amounts of revised rates.</summary>
    Restatement,

    /// <summary>Records get the categories of changed rules.</summary>
    Recategorisation,

    /// <summary>A person removes records on purpose. They stay removed.</summary>
    Removal,

    /// <summary>Personal text of a party is erased.</summary>
    Erasure,

    /// <summary>A month is closed, or closed again with a restatement (<see cref="MonthClosings"/>). It changes no record.</summary>
    Closing,
}
