namespace Billing.Amendments;

/// <summary>What stands for a record, or a row in quarantine, where a seal says what it covers.</summary>
internal readonly record struct SealMark(bool IsQuarantined, uint Line, ulong Digest);
