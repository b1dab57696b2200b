using Billing.Categories;

namespace Billing.Runs;

/// <summary>A record that has everything but its place among equal ones.</summary>
internal sealed record PendingRecord(BillingRecord Record, Categorisation Categorisation);
