using System.Text.Json.Serialization;

namespace Billing;

/// <summary>How two stores differ in one record.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum StoreDifferenceKind
{
    /// <summary>Both stores hold it, with different values.</summary>
    Different,

    /// <summary>The other store does not hold it.</summary>
    MissingInOther,

    /// <summary>Only the other store holds it.</summary>
    OnlyInOther,
}
