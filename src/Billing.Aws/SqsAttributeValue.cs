using System.Text.Json.Serialization;

namespace Billing.Aws;

/// <summary>An attribute that the sender of a message set.</summary>
public sealed class SqsAttributeValue
{
    /// <summary><c>String</c>, <c>Number</c> or <c>Binary</c>, optionally with a label after a dot.</summary>
    [JsonPropertyName("dataType")]
    public required string DataType { get; init; }

    /// <summary>The value of a text or a number, or null.</summary>
    [JsonPropertyName("stringValue")]
    public string? StringValue { get; init; }

    /// <summary>The value of binary data in base 64, or null.</summary>
    [JsonPropertyName("binaryValue")]
    public string? BinaryValue { get; init; }
}
