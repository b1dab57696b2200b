using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What differs from earlier runs.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum DriftKind
{
    /// <summary>A column has another name.</summary>
    ColumnRenamed,

    /// <summary>A column is not there any more.</summary>
    ColumnMissing,

    /// <summary>A column was not there before.</summary>
    ColumnNew,

    /// <summary>A value, such as the amount, is read from another column than before.</summary>
    ColumnSwapped,

    /// <summary>A column has another kind of values, such as amounts where dates were.</summary>
    ColumnContents,

    /// <summary>Numbers are written with the other decimal mark.</summary>
    NumberFormat,

    /// <summary>Amounts are larger or smaller by far, such as cents in place of units.</summary>
    Scale,

    /// <summary>Dates are spread as if day and month were swapped, or are in the future.</summary>
    Dates,

    /// <summary>A currency that was not there before.</summary>
    Currency,

    /// <summary>The number of rows is out of proportion.</summary>
    Rows,

    /// <summary>The total of a currency is out of proportion.</summary>
    Total,

    /// <summary>More rows than before cannot be processed.</summary>
    Quarantined,

    /// <summary>Most amounts are negative and were positive, or the other way round.</summary>
    Signs,

    /// <summary>More records than before have no category.</summary>
    Uncategorised,
}
