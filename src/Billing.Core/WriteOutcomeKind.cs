using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The outcome of writing one record to a sink.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum WriteOutcomeKind
{
    /// <summary>The record was stored.</summary>
    Stored,

    /// <summary>The key was already stored with the same content. Nothing changed.</summary>
    Duplicate,

    /// <summary>The key was already stored with other content. Nothing was overwritten.</summary>
    Conflict,

    /// <summary>The store cannot hold the record exactly.</summary>
    Refused,
}
