using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a sink did with one record.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum WriteOutcomeKind
{
    /// <summary>The record was stored.</summary>
    Stored,

    /// <summary>The key was stored already with the same content: left alone.</summary>
    Duplicate,

    /// <summary>The key was stored already with other content: left alone, never overwritten.</summary>
    Conflict,

    /// <summary>The store cannot hold the record exactly.</summary>
    Refused,
}
