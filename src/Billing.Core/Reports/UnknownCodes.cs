namespace Billing.Reports;

/// <summary>
/// Names unknown currencies in the totals of one run: the first few spellings as the source wrote them, and the rest together.
/// The reading side asks before the writing side, so that both use the same name for a row.
/// </summary>
internal sealed class UnknownCodes
{
    public const int MostSpellings = 20;
    private const int LongestSpelling = 20;

    private readonly HashSet<string> _spellings = new(StringComparer.Ordinal);

    /// <summary>Returns the name of a code. A known code has one spelling, that of the record.</summary>
    public string NameOf(string? code)
    {
        if (Currency.TryParse(code, out Currency? currency))
        {
            return currency.Code;
        }

        if (string.IsNullOrEmpty(code))
        {
            return "";
        }

        lock (_spellings)
        {
            return code.Length <= LongestSpelling && (_spellings.Contains(code) || (_spellings.Count < MostSpellings && _spellings.Add(code)))
                ? code
                : ControlTotals.OtherCodes;
        }
    }
}
