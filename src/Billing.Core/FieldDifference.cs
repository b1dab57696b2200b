namespace Billing;

/// <summary>A field that two stores hold differently.</summary>
/// <param name="Field">The field, as JSON names it, such as <c>amount</c> or <c>attributes.city</c>.</param>
/// <param name="Value">What the one store holds, or null for nothing; amounts with every digit, instants with their offset.</param>
/// <param name="OtherValue">What the other holds, or null for nothing.</param>
public sealed record FieldDifference(string Field, string? Value, string? OtherValue);
