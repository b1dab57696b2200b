using Billing.Layouts;
using Billing.Texts;
using Billing.Values;

namespace Billing.Inspection;

/// <summary>What one column of a sample looks like.</summary>
internal sealed class ColumnProfile
{
    // Nine of ten values: a column keeps its look in spite of some dirt.
    private const int Of = 10;

    private const int Enough = 9;

    public ColumnProfile(int index, string name, HeaderSynonym? synonym, ColumnValues values)
    {
        Index = index;
        Name = name;
        Synonym = synonym;
        Values = values;
        Dates = DateLook.Find(values.Values);
        Numbers = values.AreJsonNumbers ? new NumberFinding(NumberFormat.Invariant, values.Values.Count, null) : NumberLook.Find(values.Values);
    }

    public int Index { get; }

    /// <summary>The name of the column in a layout.</summary>
    public string Name { get; }

    /// <summary>What the header stands for, or null.</summary>
    public HeaderSynonym? Synonym { get; }

    public ColumnValues Values { get; }

    public DateFinding Dates { get; }

    public NumberFinding Numbers { get; }

    public bool IsEmpty => Values.Values.Count == 0;

    /// <summary>The values that are numbers.</summary>
    public IEnumerable<decimal> Decimals => Values.Values
        .Select(value => AmountParser.Parse(value, Numbers.Format, "", out decimal number) is null ? number : (decimal?)null)
        .OfType<decimal>();

    public bool HasNegatives => Decimals.Any(number => number < 0);

    /// <summary>The first value, quoted.</summary>
    public string Shown => Utf8Text.Quote(Values.Values[0]);

    /// <summary>What the values look like, in a word.</summary>
    public string Look =>
        IsEmpty ? "empty"
        : LooksLikeCurrencies ? "currency codes"
        : LooksLikeDates && !LooksLikeNumbers ? Dates.Formats.Count > 0 ? $"dates ({string.Join(", ", Dates.Formats)})" : "dates"
        : LooksLikeNumbers ? "numbers"
        : "text";

    public bool LooksLikeDates => Most(Dates.Fits);

    public bool LooksLikeNumbers => Most(Numbers.Fits);

    /// <summary>Whether the values look like numbers and some have decimals: amounts, rather than ids or counts.</summary>
    public bool LooksLikeAmounts => LooksLikeNumbers && Values.Values.Any(value =>
        AmountParser.Parse(value, Values.AreJsonNumbers ? NumberFormat.Invariant : Numbers.Format, "", out decimal number) is null && number.Scale > 0);

    public bool LooksLikeInstants => Most(Values.Values.Count(value => IsoDateTime.TryParse(Utf8Text.Trim(value), out IsoDateTime date) && date.TimeTicks is not null));

    /// <summary>Whether any value has a time of day other than midnight.</summary>
    public bool HasTimesOfDay => Values.Values.Any(value => IsoDateTime.TryParse(Utf8Text.Trim(value), out IsoDateTime date) && date.TimeTicks is > 0);

    /// <summary>Whether any instant has no offset.</summary>
    public bool LacksOffset => Values.Values.Any(value => IsoDateTime.TryParse(Utf8Text.Trim(value), out IsoDateTime date) && date is { TimeTicks: not null, OffsetMinutes: null });

    public bool LooksLikeCurrencies => Most(Values.Values.Count(IsCurrency));

    /// <summary>Whether the values suit the role that the header suggests. Half of them are enough: the others are dirt, and their rows are quarantined.</summary>
    public bool Suits(ColumnRole role) => IsEmpty || role switch
    {
        ColumnRole.Date => Half(Dates.Fits),
        ColumnRole.Instant => LooksLikeInstants,
        ColumnRole.Amount or ColumnRole.Debit or ColumnRole.Credit => Half(Numbers.Fits),
        ColumnRole.Currency => LooksLikeCurrencies,
        _ => true,
    };

    private static bool IsCurrency(byte[] value)
    {
        ReadOnlySpan<byte> text = Utf8Text.Trim(value);
        return text.Length == 3 && Currency.TryParse([(char)text[0], (char)text[1], (char)text[2]], out _);
    }

    private bool Half(int fits) => fits * 2 >= Values.Values.Count;

    private bool Most(int fits) => !IsEmpty && fits * Of >= Values.Values.Count * Enough;
}
