namespace Billing;

/// <summary>The reason codes of quarantine. They are stable: they are stored, counted and alerted on.</summary>
public static class QuarantineReason
{
    /// <summary>The amount does not fit the stated number format.</summary>
    public const string BadAmount = "bad_amount";

    /// <summary>The amount has more than 28 significant digits or is out of range: refused, not rounded.</summary>
    public const string AmountOutOfRange = "amount_out_of_range";

    /// <summary>The date or instant does not fit the stated formats.</summary>
    public const string BadDate = "bad_date";

    /// <summary>A column that must have a value is empty.</summary>
    public const string MissingValue = "missing_value";

    /// <summary>The currency code is not in ISO 4217.</summary>
    public const string UnknownCurrency = "unknown_currency";

    /// <summary>A currency next to the amount or in its header differs from that of the row or the layout. Neither overrules the other.</summary>
    public const string CurrencyContradicted = "currency_contradicted";

    /// <summary>There is no exchange rate for that currency and date, within the stated staleness.</summary>
    public const string NoRate = "no_rate";

    /// <summary>A quote was opened and never closed.</summary>
    public const string UnclosedQuote = "unclosed_quote";

    /// <summary>Text follows a closing quote, so the value is uncertain.</summary>
    public const string MalformedQuote = "malformed_quote";

    /// <summary>The row has more or fewer fields than the header.</summary>
    public const string RaggedRow = "ragged_row";

    /// <summary>The line begins like the layout's footer, but reads as a row: it could be either.</summary>
    public const string MaybeFooter = "maybe_footer";

    /// <summary>The line repeats the header of its source.</summary>
    public const string RepeatedHeader = "repeated_header";

    /// <summary>The record is larger than the stated limit.</summary>
    public const string RecordTooLarge = "record_too_large";

    /// <summary>The bytes are not text in the stated encoding.</summary>
    public const string BadEncoding = "bad_encoding";

    /// <summary>The JSON cannot be read as one record.</summary>
    public const string BadJson = "bad_json";

    /// <summary>A <c>require</c> rule does not hold.</summary>
    public const string RuleFailed = "rule_failed";

    /// <summary>The store refused the record; the detail says why.</summary>
    public const string Refused = "refused";

    /// <summary>The key is already stored with other content. The row counts as a conflict; the delivered row is kept here.</summary>
    public const string Conflict = "conflict";

    /// <summary>The row is pending: authorised, not posted. It waits for its posted row, and is no record (<see cref="PendingTerms"/>).</summary>
    public const string Pending = "pending";

    /// <summary>The status is a word that the layout lists neither as pending nor as posted.</summary>
    public const string UnknownStatus = "unknown_status";

    /// <summary>The source cannot be read at all: its columns are missing or ambiguous, or it is not text. What named it is kept, such as a queue message.</summary>
    public const string UnreadableSource = "unreadable_source";
}
