namespace Billing.Console.Generation;

/// <summary>The faults of generated rows.</summary>
internal enum InvoiceDirt
{
    /// <summary>A good row.</summary>
    None,

    /// <summary>A currency that ISO 4217 does not know.</summary>
    UnknownCurrency,

    /// <summary>A date with slashes among dates with dashes.</summary>
    SlashDate,

    /// <summary>A product line outside Bakery, Dairy and Meat.</summary>
    ProductLine,

    /// <summary>A negative amount.</summary>
    Negative,

    /// <summary>An amount a million times too large: unlikely, and lawful.</summary>
    Outlier,
}
