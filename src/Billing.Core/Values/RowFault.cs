namespace Billing.Values;

/// <summary>Why a row cannot be a record.</summary>
/// <param name="Reason">A code of <see cref="QuarantineReason"/>.</param>
/// <param name="Detail">Column, kind of value and remedy, for people.</param>
internal sealed record RowFault(string Reason, string Detail);
