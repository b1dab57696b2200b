using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a stated figure counts.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum StatedFigureKind
{
    /// <summary>The number of rows.</summary>
    Rows,

    /// <summary>The sum of the amounts in one currency.</summary>
    Total,

    /// <summary>What the account held before the first row.</summary>
    Opening,

    /// <summary>What the account held after the last row.</summary>
    Closing,

    /// <summary>What the account held after one row: the running balance.</summary>
    Balance,
}
