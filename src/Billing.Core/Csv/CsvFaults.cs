using System.Globalization;
using Billing.Values;

namespace Billing.Csv;

/// <summary>The faults that the form of a CSV row can have.</summary>
internal static class CsvFaults
{
    public static RowFault MaybeFooter { get; } = new(
        QuarantineReason.MaybeFooter,
        "The line begins like the layout's footer, but has a date and an amount. If it is a record, set a longer word in the layout's footer, or none, and replay it; if it is not, leave it in quarantine.");

    public static RowFault StatedBetweenRows { get; } = new(
        QuarantineReason.MaybeFooter,
        "The line begins like one that the layout says states totals, but rows come before and after it, so it does not speak for the whole source. If it is a record, set longer words in the layout's stated, and replay it; if it is not, leave it in quarantine.");

    public static RowFault RepeatedHeader { get; } = new(
        QuarantineReason.RepeatedHeader,
        "The line repeats the header, as in joined files. It is not a record: set \"repeatedHeaders\": true in the layout, and such lines are skipped from then on.");

    public static RowFault Ragged(int fields, int columns) => new(
        QuarantineReason.RaggedRow,
        string.Create(CultureInfo.InvariantCulture, $"{fields} fields, but the header has {columns}. Look for an extra or a missing separator; a value that contains one must be quoted."));

    public static RowFault MalformedQuote(char quote) => new(
        QuarantineReason.MalformedQuote,
        $"Text follows a closing quote, so the value is not certain. Double each quote within a quoted value: {quote}{quote}.");

    public static RowFault UnclosedQuote(char quote) => new(
        QuarantineReason.UnclosedQuote,
        $"A quote {quote} at the start of a value is not closed. Close it, or remove it.");
}
