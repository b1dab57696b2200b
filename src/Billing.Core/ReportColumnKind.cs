using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What the cells of a column are.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum ReportColumnKind
{
    /// <summary>Text that others wrote: it may look like a formula.</summary>
    Text,

    /// <summary>An exact amount.</summary>
    Amount,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A whole number.</summary>
    Number,
}
