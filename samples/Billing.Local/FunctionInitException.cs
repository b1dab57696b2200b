namespace Billing.Local;

/// <summary>A function could not start; it said why, or ended before it asked for work.</summary>
/// <param name="errorType">The kind of the error, as the function named it.</param>
/// <param name="message">What it said.</param>
public sealed class FunctionInitException(string errorType, string message) : Exception(message)
{
    /// <summary>The kind of the error.</summary>
    public string ErrorType { get; } = errorType;
}
