namespace Billing;

/// <summary>Thrown when exchange rates could not be fetched and none are recent enough to be used. No run began.</summary>
public sealed class ExchangeRatesException : BillingException
{
    /// <summary>Creates an exception that says what failed.</summary>
    public ExchangeRatesException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
