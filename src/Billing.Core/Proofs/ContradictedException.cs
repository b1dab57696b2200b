namespace Billing.Proofs;

/// <summary>Ends a run whose source does not come to what is stated of it, before anything is stored.</summary>
internal sealed class ContradictedException(string message) : BillingException(message);
