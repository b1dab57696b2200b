using System.Globalization;

namespace Billing.Rivals;

/// <summary>What came of a file, so that what is compared has done the same work.</summary>
/// <param name="Rows">The rows that were read, or that a table holds.</param>
/// <param name="Cents">Their sum in USD, in cents; of parsing alone, the sum as billed.</param>
/// <param name="Repeats">The rows that equal an earlier one; -1 where nobody counted.</param>
internal sealed record Outcome(long Rows, long Cents, long Repeats)
{
    /// <summary>The write capacity units that DynamoDB said it took; null where nobody asked.</summary>
    public double? Units { get; init; }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"rows={Rows} cents={Cents} repeats={Repeats}{(Units is null ? "" : $" units={Units / Rows}")}");
}
