using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a run does where its source differs from what earlier runs of the same kind were like (docs/drift.md).</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum DriftPolicy
{
    /// <summary>Nothing is compared, and nothing is kept for later runs.</summary>
    Ignore,

    /// <summary>The run stores its rows, and its report says what differs.</summary>
    Warn,

    /// <summary>The source is read to its end first. If anything differs, the run fails, and nothing is stored.</summary>
    Stop,

    /// <summary>As <see cref="Warn"/>, and what differs is right: later runs are compared with this one, and no longer with those before it.</summary>
    Accept,
}
