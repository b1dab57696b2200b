namespace Billing.Lambda.Expenses;

/// <summary>The result of a backup.</summary>
/// <param name="Records">The number of records in the store, which the backup now has, including those of an earlier interrupted run.</param>
/// <param name="Deleted">The number of rows deleted because their record is no longer in the store.</param>
/// <param name="Resumed">Whether the backup continued where an interrupted run had stopped.</param>
internal sealed record ExpenseBackupReport(long Records, long Deleted, bool Resumed);
