namespace Billing.Values;

/// <summary>Why a row cannot be a record.</summary>
/// <param name="Reason">A code of <see cref="QuarantineReason"/>.</param>
/// <param name="Detail">The column, the kind of value and the remedy, for people.</param>
internal sealed record RowFault(string Reason, string Detail);
