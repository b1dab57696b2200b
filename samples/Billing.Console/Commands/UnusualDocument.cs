namespace Billing.Console.Commands;

/// <summary>The document of <c>unusual</c>.</summary>
internal sealed record UnusualDocument(BillingMonth Month, IReadOnlyList<UnusualAmount> Unusual);
