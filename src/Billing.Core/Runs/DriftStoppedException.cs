namespace Billing.Runs;

/// <summary>Ends a run whose source differs from earlier ones, before anything is stored. Its caller gets an <see cref="IngestFailedException"/>.</summary>
internal sealed class DriftStoppedException(string message) : BillingException(message);
