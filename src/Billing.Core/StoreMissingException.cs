namespace Billing;

/// <summary>Thrown when a store has none of its tables and was not told to create them. Nothing is stored in it.</summary>
public sealed class StoreMissingException : BillingException
{
    /// <summary>Creates an exception that says what is missing and how to create it.</summary>
    public StoreMissingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception that says what is missing and how to create it, with its cause.</summary>
    public StoreMissingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
