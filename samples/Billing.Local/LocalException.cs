namespace Billing.Local;

/// <summary>Something of the local environment does not work; the message says what to do.</summary>
public sealed class LocalException(string message, Exception? innerException = null) : Exception(message, innerException);
