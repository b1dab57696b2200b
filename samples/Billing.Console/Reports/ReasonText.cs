namespace Billing.Console.Reports;

/// <summary>What a reason code means, in a few words.</summary>
internal static class ReasonText
{
    public static string Of(string reason) => reason switch
    {
        QuarantineReason.BadAmount => "the amount does not fit the number format",
        QuarantineReason.AmountOutOfRange => "the amount has more than 28 digits",
        QuarantineReason.BadDate => "the date does not fit the date formats",
        QuarantineReason.MissingValue => "a required value is empty",
        QuarantineReason.UnknownCurrency => "the currency is not in ISO 4217",
        QuarantineReason.CurrencyContradicted => "two currencies are named for the amount",
        QuarantineReason.NoRate => "no exchange rate for that currency and date",
        QuarantineReason.UnclosedQuote => "a quote was opened and never closed",
        QuarantineReason.MalformedQuote => "text follows a closing quote",
        QuarantineReason.RaggedRow => "more or fewer fields than the header",
        QuarantineReason.MaybeFooter => "begins like the footer, but reads as a row",
        QuarantineReason.RepeatedHeader => "repeats the header of its file",
        QuarantineReason.RecordTooLarge => "larger than the stated limit",
        QuarantineReason.BadEncoding => "the bytes are not text in that encoding",
        QuarantineReason.BadJson => "the JSON cannot be read",
        QuarantineReason.RuleFailed => "a require rule does not hold",
        QuarantineReason.Refused => "the store refused the record",
        QuarantineReason.Conflict => "already stored with other content",
        QuarantineReason.Pending => "authorised, not posted: in no sum",
        QuarantineReason.UnknownStatus => "the layout does not list that status",
        _ => "",
    };
}
