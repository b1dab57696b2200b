namespace Billing.Values;

/// <summary>What a text turned out to be.</summary>
internal enum AmountScan
{
    /// <summary>An amount.</summary>
    Amount,

    /// <summary>No amount of the format.</summary>
    Malformed,

    /// <summary>A number of the format that a decimal does not hold exactly.</summary>
    OutOfRange,
}
