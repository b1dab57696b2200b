namespace Billing;

/// <summary>Exchange rates could not be fetched, and none are young enough to be used. No run began.</summary>
public sealed class ExchangeRatesException : BillingException
{
    /// <summary>Creates an exception that says what failed.</summary>
    public ExchangeRatesException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
