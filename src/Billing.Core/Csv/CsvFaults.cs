using System.Globalization;
using Billing.Values;

namespace Billing.Csv;

/// <summary>What can be wrong with the form of a CSV row.</summary>
internal static class CsvFaults
{
    public static RowFault MaybeFooter { get; } = new(
        QuarantineReason.MaybeFooter,
        "The line begins as the layout's footer does, and has a date and an amount. Where it is a record, state a longer word in the layout's footer, or none, then replay; where it is none, leave it here.");

    public static RowFault RepeatedHeader { get; } = new(
        QuarantineReason.RepeatedHeader,
        "The line repeats the header, as where files were joined. It is no record: state \"repeatedHeaders\": true in the layout, and such lines are passed over from then on.");

    public static RowFault Ragged(int fields, int columns) => new(
        QuarantineReason.RaggedRow,
        string.Create(CultureInfo.InvariantCulture, $"{fields} fields where the header has {columns}. Look for a separator too many or too few; a value that holds one must be quoted."));

    public static RowFault MalformedQuote(char quote) => new(
        QuarantineReason.MalformedQuote,
        $"Text follows a closing quote, so that the value is not certain. Write a quote within a quoted value twice: {quote}{quote}.");

    public static RowFault UnclosedQuote(char quote) => new(
        QuarantineReason.UnclosedQuote,
        $"A quote {quote} at the start of a value is not closed. Close it, or take it out.");
}
