using System.Text;

namespace Billing.Local;

/// <summary>The result of one invocation.</summary>
public sealed class InvocationResult
{
    /// <summary>The error type of an invocation that took too long.</summary>
    public const string TimedOut = "Sandbox.Timedout";

    /// <summary>The error type of an invocation whose process ended.</summary>
    public const string Exited = "Runtime.ExitError";

    /// <summary>The id of the request, as the function received it.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whether the function answered; false if it reported an error, ended or took too long.</summary>
    public bool Succeeded => ErrorType is null;

    /// <summary>The answer, or the error document: JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The kind of the error, or null.</summary>
    public string? ErrorType { get; init; }

    /// <summary>The error message, or null.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The time from giving the event to the function until it ended.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The answer as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>Returns one line for people.</summary>
    public override string ToString() => Succeeded ? $"{RequestId}: {Text}" : $"{RequestId}: {ErrorType}: {ErrorMessage}";
}
