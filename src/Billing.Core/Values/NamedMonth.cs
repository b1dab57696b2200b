namespace Billing.Values;

/// <summary>How a date format names the month.</summary>
internal enum NamedMonth
{
    /// <summary>By its number.</summary>
    None,

    /// <summary>By the beginning of its name: MMM.</summary>
    Short,

    /// <summary>By its name: MMMM.</summary>
    InFull,
}
