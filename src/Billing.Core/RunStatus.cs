using System.Text.Json.Serialization;

namespace Billing;

/// <summary>How far a run is.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum RunStatus
{
    /// <summary>Under way, or ended without a word (the process was killed). Running it again is safe.</summary>
    Running,

    /// <summary>Read to the end, and balanced.</summary>
    Completed,

    /// <summary>Ended by an error; what was stored stays stored, and running it again is safe.</summary>
    Failed,
}
