namespace Billing.Local;

/// <summary>A part of the local environment does not work. The message says what to do.</summary>
public sealed class LocalException(string message, Exception? innerException = null) : Exception(message, innerException);
