using System.Text;
using Billing.Texts;

namespace Billing.Values;

/// <summary>The words with which banks say, in a separate column, whether an amount is a debit or a credit, and the headers of such columns.</summary>
internal static class DirectionWords
{
    private static readonly string[] LongDebit = ["debit", "dbit", "debet", "débit", "debito", "débito", "cargo", "soll", "lastschrift", "belastung", "af", "dare", "addebito", "uscita", "withdrawal", "outgoing", "outflow", "money out", "paid out", "obciążenie", "wypłata", "должно", "дебет", "abgang", "ausgang", "sortie", "veresiye", "borç", "terhelés", "veloitus", "uttag", "dr", "db"];

    private static readonly string[] LongCredit = ["credit", "crdt", "kredit", "crédit", "credito", "crédito", "abono", "haben", "gutschrift", "bij", "avere", "accredito", "entrata", "deposit", "incoming", "inflow", "money in", "paid in", "uznanie", "wpłata", "кредит", "eingang", "zugang", "entrée", "alacak", "jóváírás", "hyvitys", "insättning", "cr"];

    private static readonly string[] ShortDebit = ["d", "dt", "s", "-", "out", "charge", "expense", "ausgabe", "dépense"];

    private static readonly string[] ShortCredit = ["c", "h", "k", "kt", "ct", "+", "in", "refund", "income", "einnahme", "recette"];

    private static readonly HashSet<string> Headers = new(
    [
        "direction", "debitcredit", "creditdebit", "debitorcredit", "creditordebit", "dc", "cd", "drcr", "crdr", "dbcr", "cdtdbtind", "cdtdbt", "creditdebitindicator", "debitcreditindicator", "creditdebitcode", "debitcreditcode",
        "indicator", "transactiontype", "trantype", "txntype", "transtype", "entrytype", "drcrindicator", "inout", "sign",
        "sollhaben", "sh", "sollhabenkennzeichen", "habensoll", "vorzeichen", "afbij", "bijaf", "debetcredit", "creditdebet", "debetkredit", "debitkredit", "dk", "wnma", "sens", "débitcrédit", "debitcrédit", "naturaleza", "cargoabono", "tipomovimiento", "segno", "dareavere", "dareoavere", "tipolancamento", "debitocredito", "débitocrédito", "obciążenieuznanie", "kierunek", "típus", "irány",
    ], StringComparer.Ordinal);

    private static readonly Dictionary<string, bool> Long = Table(LongDebit, LongCredit);

    private static readonly Dictionary<string, bool> All = Table([.. LongDebit, .. ShortDebit], [.. LongCredit, .. ShortCredit]);

    /// <summary>Whether a header is known for columns that say whether each amount is a debit or a credit.</summary>
    public static bool IsHeader(string name) => Headers.Contains(PlainName.Of(name)) || name.Trim() is "+/-" or "-/+" or "±";

    /// <summary>Returns what a word says: true for a debit, false for a credit, null for any other word.</summary>
    /// <param name="value">The value of a field.</param>
    /// <param name="shortToo">Whether single letters and signs count, and words that also name kinds of bookings: only if the header is known for directions.</param>
    public static bool? IsDebit(ReadOnlySpan<byte> value, bool shortToo)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(value);
        return text.Length is > 0 and <= 32 && (shortToo ? All : Long).TryGetValue(Plain(Encoding.UTF8.GetString(text)), out bool debit) ? debit : null;
    }

    /// <summary>Returns a word as it is compared: in lower case, without a point at the end.</summary>
    public static string Plain(string word) => word.Trim().TrimEnd('.').ToLowerInvariant();

    private static Dictionary<string, bool> Table(string[] debit, string[] credit) =>
        debit.Select(word => KeyValuePair.Create(word, true)).Concat(credit.Select(word => KeyValuePair.Create(word, false))).ToDictionary(StringComparer.Ordinal);
}
