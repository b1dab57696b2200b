namespace Billing.Console.Generation;

/// <summary>A queue takes nothing. What it said stands with the messages.</summary>
internal sealed class QueueDownException() : Exception("The queue accepted none of the messages.");
