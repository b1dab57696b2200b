namespace Billing.Lambda.Expenses;

/// <summary>How far a backup is.</summary>
/// <param name="Backup">Its name.</param>
/// <param name="Token">What gets the next page, or null for the first.</param>
/// <param name="AllRead">Whether the last page is written.</param>
/// <param name="Records">The records that are written.</param>
internal sealed record BackupState(string Backup, string? Token, bool AllRead, long Records);
