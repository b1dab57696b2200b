namespace Billing.Lambda.Runtime;

/// <summary>The handler names no function of this program.</summary>
internal sealed class NoSuchFunctionException(string message) : Exception(message);
