using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The status of a run.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum RunStatus
{
    /// <summary>In progress, or ended without a report because the process was killed. Running it again is safe.</summary>
    Running,

    /// <summary>Read to the end, and balanced.</summary>
    Completed,

    /// <summary>Ended by an error; what was stored stays stored, and running it again is safe.</summary>
    Failed,
}
