namespace Billing;

/// <summary>The base class of the exceptions that this library throws for problems that a user can fix.</summary>
public class BillingException : Exception
{
    /// <summary>Creates an exception that says what is wrong and what to do.</summary>
    public BillingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception that says what is wrong and what to do, with its cause.</summary>
    public BillingException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
