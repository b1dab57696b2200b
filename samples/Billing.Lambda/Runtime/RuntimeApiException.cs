namespace Billing.Lambda.Runtime;

/// <summary>The runtime refuses a call, does not answer, or does not follow its specification. The process cannot continue.</summary>
internal sealed class RuntimeApiException(string message, Exception? cause = null) : Exception(message, cause);
