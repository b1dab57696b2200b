namespace Billing.Local;

/// <summary>A function could not start: it reported an error, or ended before it asked for work.</summary>
/// <param name="errorType">The kind of the error, as the function reported it.</param>
/// <param name="message">The message of the function.</param>
public sealed class FunctionInitException(string errorType, string message) : Exception(message)
{
    /// <summary>The kind of the error.</summary>
    public string ErrorType { get; } = errorType;
}
