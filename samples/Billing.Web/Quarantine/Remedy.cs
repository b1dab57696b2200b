namespace Billing.Web.Quarantine;

/// <summary>What to do about a row in quarantine, in a sentence.</summary>
internal static class Remedy
{
    public static string Of(string reason) => reason switch
    {
        QuarantineReason.NoRate => "Give the host the rate for that day, then replay.",
        QuarantineReason.UnknownCurrency or QuarantineReason.CurrencyContradicted => "Correct the currency in the text of the row, or state it in the layout and import the file again.",
        QuarantineReason.RuleFailed => "Correct the row, or change the rule and replay with the rules of the host.",
        QuarantineReason.Conflict => "Another record is stored under its id. If this one holds, import a file that replaces its period; if it is another one, correct its id; if neither, dismiss it.",
        QuarantineReason.Pending => "It waits for its posted row. Settle or dismiss it among the pending rows.",
        QuarantineReason.Refused => "The store cannot hold it. The detail says why.",
        QuarantineReason.RepeatedHeader or QuarantineReason.MaybeFooter => "If it is no record, dismiss it. If it is one, say so in the layout and import the file again.",
        QuarantineReason.RecordTooLarge or QuarantineReason.UnreadableSource => "Correct the file and import it again.",
        _ => "Correct the text of the row; or correct the layout and import the file again.",
    };
}
