namespace Billing.Lambda.Runtime;

/// <summary>The handler is not a function of this program.</summary>
internal sealed class NoSuchFunctionException(string message) : Exception(message);
