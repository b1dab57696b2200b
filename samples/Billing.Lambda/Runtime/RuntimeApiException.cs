namespace Billing.Lambda.Runtime;

/// <summary>The runtime refuses, does not answer, or does not do as its description says. The process cannot go on.</summary>
internal sealed class RuntimeApiException(string message, Exception? cause = null) : Exception(message, cause);
