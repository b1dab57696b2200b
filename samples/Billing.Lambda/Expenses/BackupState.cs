namespace Billing.Lambda.Expenses;

/// <summary>The progress of a backup.</summary>
/// <param name="Backup">The name of the backup.</param>
/// <param name="Token">The token of the next page, or null for the first.</param>
/// <param name="AllRead">Whether the last page has been written.</param>
/// <param name="Records">The number of records written.</param>
internal sealed record BackupState(string Backup, string? Token, bool AllRead, long Records);
