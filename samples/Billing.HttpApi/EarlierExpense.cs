namespace Billing.HttpApi;

/// <summary>The expense that is stored under an id.</summary>
/// <param name="Date">Its date.</param>
/// <param name="Instant">When it was logged, where that is known.</param>
/// <param name="Fingerprint">The fingerprint of its content, in hexadecimal digits; null where another program wrote it.</param>
internal readonly record struct EarlierExpense(DateOnly Date, DateTimeOffset? Instant, string? Fingerprint);
