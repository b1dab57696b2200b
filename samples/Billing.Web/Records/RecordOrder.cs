namespace Billing.Web.Records;

/// <summary>What a list of records is ordered by; then by date and key.</summary>
internal enum RecordOrder
{
    Date,

    /// <summary>The amount in the reporting currency.</summary>
    Amount,

    Party,
}
