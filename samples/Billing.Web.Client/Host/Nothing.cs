namespace Billing.Web.Client.Host;

/// <summary>The value of a reply that has no body.</summary>
public sealed record Nothing;
