namespace Billing.Emulators;

/// <summary>A server is missing, or does not start. The message says what to do.</summary>
public sealed class EmulatorException(string message, Exception? innerException = null) : Exception(message, innerException);
