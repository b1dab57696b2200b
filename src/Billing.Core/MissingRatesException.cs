namespace Billing;

/// <summary>Thrown when the rates of a report have none for some of its records. Nothing was written.</summary>
public sealed class MissingRatesException : BillingException
{
    /// <summary>Creates an exception that names the currencies and days.</summary>
    public MissingRatesException(string message)
        : base(message)
    {
    }
}
