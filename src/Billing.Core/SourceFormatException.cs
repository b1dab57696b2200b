namespace Billing;

/// <summary>Thrown when a source cannot be read at all: its columns are missing or ambiguous, or it is not text. Nothing of it was stored.</summary>
public sealed class SourceFormatException : BillingException
{
    /// <summary>Creates an exception for the source <paramref name="source"/>; the message begins with its name.</summary>
    public SourceFormatException(string source, string message, Exception? innerException = null)
        : base($"{source}: {message}", innerException) => SourceName = source;

    /// <summary>The name of the source.</summary>
    public string SourceName { get; }
}
