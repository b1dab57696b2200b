namespace Billing.Console;

/// <summary>What was asked for is not there. The message is one line with the remedy.</summary>
internal sealed class NotFoundException(string message) : Exception(message);
