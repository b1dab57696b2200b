namespace Billing;

/// <summary>A setting, a layout file, a rates file or a rules file is wrong. The message names the place and the remedy.</summary>
public sealed class BillingConfigurationException : BillingException
{
    /// <summary>Creates an exception for a setting.</summary>
    public BillingConfigurationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Creates an exception for a place in a file; the message begins with <c>file(line): </c>.</summary>
    public BillingConfigurationException(string file, long line, string message, Exception? innerException = null)
        : base($"{file}({line}): {message}", innerException)
    {
        File = file;
        Line = line;
    }

    /// <summary>The file, or null for a setting in code.</summary>
    public string? File { get; }

    /// <summary>The line, from 1; 0 for a setting in code.</summary>
    public long Line { get; }
}
