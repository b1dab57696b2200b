namespace Billing.Csv;

/// <summary>Where in a field the scan of a record is.</summary>
internal enum CsvFieldState
{
    /// <summary>Before the first byte.</summary>
    Start,

    /// <summary>In an unquoted field.</summary>
    Unquoted,

    /// <summary>In a quoted field.</summary>
    Quoted,

    /// <summary>After a quote in a quoted field: it closes the field, or is the first half of a doubled quote.</summary>
    QuoteInQuoted,
}
