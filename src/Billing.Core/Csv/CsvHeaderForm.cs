namespace Billing.Csv;

/// <summary>How a header was found.</summary>
internal enum CsvHeaderForm
{
    /// <summary>As it should be.</summary>
    Lawful,

    /// <summary>With text after a closing quote.</summary>
    Malformed,

    /// <summary>With a quote that was left out.</summary>
    Repaired,
}
