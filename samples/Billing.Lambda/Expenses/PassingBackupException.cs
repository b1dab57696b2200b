namespace Billing.Lambda.Expenses;

/// <summary>Says that a call can be tried again; never leaves <see cref="BackupDatabase"/>.</summary>
internal sealed class PassingBackupException(Exception cause) : Exception(cause.Message, cause);
