namespace Billing;

/// <summary>A store has none of its tables, and was not told to create them: nothing is stored in it.</summary>
public sealed class StoreMissingException : BillingException
{
    /// <summary>Creates an exception that says what is missing and how it is created.</summary>
    public StoreMissingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception that says what is missing and how it is created, with its cause.</summary>
    public StoreMissingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
