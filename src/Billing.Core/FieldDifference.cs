namespace Billing;

/// <summary>A field whose value differs between two stores.</summary>
/// <param name="Field">The name of the field in JSON, such as <c>amount</c> or <c>attributes.city</c>.</param>
/// <param name="Value">The value in the first store, or null if it has none; amounts with every digit, instants with their offset.</param>
/// <param name="OtherValue">The value in the other store, or null if it has none.</param>
public sealed record FieldDifference(string Field, string? Value, string? OtherValue);
