namespace Billing.Lambda.Runtime;

/// <summary>The runtime does not do as its description says.</summary>
internal sealed class RuntimeApiException(string message) : Exception(message);
