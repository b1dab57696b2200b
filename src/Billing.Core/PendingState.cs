using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What became of a pending row.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum PendingState
{
    /// <summary>It waits for its posted row.</summary>
    Waiting,

    /// <summary>It waits longer than the layout states (<see cref="PendingTerms.Days"/>): most likely the authorisation was released.</summary>
    Lapsed,

    /// <summary>It could be several posted records, or its record could be that of another pending row: a person must say.</summary>
    Asked,

    /// <summary>A posted record replaced it, by what the layout states.</summary>
    Posted,

    /// <summary>A posted record replaced it, because a person said so.</summary>
    Settled,

    /// <summary>A delivery that is the whole of its period left it out.</summary>
    Superseded,
}
