namespace Billing.Web.Client.Host;

/// <summary>What the host answered to a question that the page asks first; it came with the page.</summary>
/// <param name="Body">The body, in JSON.</param>
/// <param name="Version">The ETag, without its quotes; null for none.</param>
public sealed record FirstAnswer(string Body, string? Version);
