using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a summary groups by.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum SummaryBy
{
    /// <summary>Year and month of the date, as <c>2025-06</c>.</summary>
    Month,

    /// <summary>The category.</summary>
    Category,

    /// <summary>The party.</summary>
    Party,

    /// <summary>The currency as invoiced.</summary>
    Currency,

    /// <summary>The date, as <c>2025-06-17</c>.</summary>
    Day,

    /// <summary>The minute of the instant, in UTC, as <c>2025-06-17T14:05Z</c>; an empty string for records without an instant.</summary>
    Minute,
}
