using System.Text.Json.Serialization;

namespace Billing;

/// <summary>The format of a source.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum SourceFormat
{
    /// <summary>Separated values, with or without a header.</summary>
    Csv,

    /// <summary>JSON objects: one, one per line, or an array.</summary>
    Json,
}
