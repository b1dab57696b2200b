namespace Billing.Sinks.Aurora;

/// <summary>Says that a question, asked once, cost the connection and nothing else: the work is to begin again on another. Never leaves this package.</summary>
internal sealed class SpentConnectionException(Exception cause) : Exception(cause.Message, cause);
