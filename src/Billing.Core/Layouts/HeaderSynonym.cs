namespace Billing.Layouts;

/// <summary>What a header name stands for.</summary>
/// <param name="Role">The role.</param>
/// <param name="Rank">How firmly: 0 is the role's own name; a lower rank wins.</param>
internal readonly record struct HeaderSynonym(ColumnRole Role, int Rank);
