using System.Text;

namespace Billing.Local;

/// <summary>How one invocation ended.</summary>
public sealed class InvocationResult
{
    /// <summary>The error type of an invocation that took too long.</summary>
    public const string TimedOut = "Sandbox.Timedout";

    /// <summary>The error type of an invocation whose process ended.</summary>
    public const string Exited = "Runtime.ExitError";

    /// <summary>The id of the request, as the function saw it.</summary>
    public required string RequestId { get; init; }

    /// <summary>True where the function answered, false where it reported an error, died or took too long.</summary>
    public bool Succeeded => ErrorType is null;

    /// <summary>The answer, or the error document; JSON in UTF-8.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The kind of the error, or null.</summary>
    public string? ErrorType { get; init; }

    /// <summary>What the error says, or null.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>From handing it to the function until it ended.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The answer as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>One line for people.</summary>
    public override string ToString() => Succeeded ? $"{RequestId}: {Text}" : $"{RequestId}: {ErrorType}: {ErrorMessage}";
}
