namespace Billing.Runs;

/// <summary>
/// What the totals of one run call amounts whose currency is not known: as the source wrote it, for the first few spellings, and the rest together.
/// The reading side asks before the writing one, so that both call a row the same.
/// </summary>
internal sealed class UnknownCodes
{
    public const int MostSpellings = 20;
    private const int LongestSpelling = 20;

    private readonly HashSet<string> _spellings = new(StringComparer.Ordinal);

    /// <summary>One spelling for a known code: the record will carry it.</summary>
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
