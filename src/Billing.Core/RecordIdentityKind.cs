using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The ways to identify a record.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum RecordIdentityKind
{
    /// <summary>By content and occurrence.</summary>
    Content,

    /// <summary>By the values of named columns.</summary>
    Columns,

    /// <summary>By source name and byte offset.</summary>
    Position,

    /// <summary>By the values of named columns, and occurrence.</summary>
    CountedColumns,
}
