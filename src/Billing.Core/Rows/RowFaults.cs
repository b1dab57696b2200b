using System.Globalization;
using Billing.Texts;
using Billing.Values;

namespace Billing.Rows;

/// <summary>The faults that a row of any format can have.</summary>
internal static class RowFaults
{
    public static RowFault UnknownCurrency(string? code) => new(
        QuarantineReason.UnknownCurrency,
        $"Currency '{Excerpt.Of(code)}' is not in ISO 4217. Correct the source, or name the right column in the layout.");

    public static RowFault TooLarge(long bytes, int limit) => new(
        QuarantineReason.RecordTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The record has {bytes} bytes, more than the limit of {limit}. Only its first {limit} bytes are kept. Raise the layout's maxRecordBytes (64 MiB at most) and read the source again."));
}
