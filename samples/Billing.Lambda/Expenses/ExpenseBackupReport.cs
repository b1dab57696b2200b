namespace Billing.Lambda.Expenses;

/// <summary>What a backup did.</summary>
/// <param name="Records">The records that the ledger holds and the backup now has, those of an interrupted run before included.</param>
/// <param name="Deleted">The rows whose record is no longer in the ledger, and that were deleted.</param>
/// <param name="Resumed">Whether it went on where an interrupted run had stopped.</param>
internal sealed record ExpenseBackupReport(long Records, long Deleted, bool Resumed);
