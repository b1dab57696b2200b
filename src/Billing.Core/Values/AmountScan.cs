namespace Billing.Values;

/// <summary>The result of scanning a text for an amount.</summary>
internal enum AmountScan
{
    /// <summary>An amount.</summary>
    Amount,

    /// <summary>Not an amount in the format.</summary>
    Malformed,

    /// <summary>A number in the format that a decimal cannot hold exactly.</summary>
    OutOfRange,
}
