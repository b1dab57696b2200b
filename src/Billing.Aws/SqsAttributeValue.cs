using System.Text.Json.Serialization;

namespace Billing.Aws;

/// <summary>An attribute that the sender of a message gave it.</summary>
public sealed class SqsAttributeValue
{
    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, perhaps with a label after a dot.</summary>
    [JsonPropertyName("dataType")]
    public required string DataType { get; init; }

    /// <summary>The value of a text or number, or null.</summary>
    [JsonPropertyName("stringValue")]
    public string? StringValue { get; init; }

    /// <summary>The value of bytes in base 64, or null.</summary>
    [JsonPropertyName("binaryValue")]
    public string? BinaryValue { get; init; }
}
