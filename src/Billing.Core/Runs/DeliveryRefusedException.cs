namespace Billing.Runs;

/// <summary>A delivery that replaces is refused before anything of it is stored. The run ends with this, and its caller gets an <see cref="IngestFailedException"/>.</summary>
internal sealed class DeliveryRefusedException(string message) : BillingException(message);
