using Billing.Categories;

namespace Billing.Runs;

/// <summary>A record that has everything but its occurrence among equal records.</summary>
internal sealed record PendingRecord(BillingRecord Record, Categorisation Categorisation);
