namespace Billing.Web.Client.Importing;

/// <summary>What a row of a file became in the browser.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Record">The record; null for a row that cannot be processed.</param>
/// <param name="Refused">The row that cannot be processed; null for a record.</param>
/// <param name="Raw">The row as it stands in the file; null where it is not known.</param>
public sealed record LocalRow(RowOutcome Outcome, BillingRecord? Record, QuarantinedRecord? Refused, string? Raw)
{
    /// <summary>Whether it can be read, and lacks only a rate.</summary>
    public bool WaitsForRate => Refused?.Reason == QuarantineReason.NoRate;
}
