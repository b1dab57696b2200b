namespace Billing.Console;

/// <summary>The command was called wrongly. The message is one line with the remedy.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
