using System.Text.Json.Serialization;

namespace Billing;

/// <summary>What a list of records is ordered by. Records that are equal in it follow by date, then key.</summary>
[JsonConverter(typeof(BillingJsonConverter))]
public enum RecordOrder
{
    /// <summary>The date.</summary>
    Date,

    /// <summary>The reporting amount, as a number.</summary>
    Amount,

    /// <summary>The party, by code point, records without one first. Servers compare at least the first 1,000 bytes of it.</summary>
    Party,
}
