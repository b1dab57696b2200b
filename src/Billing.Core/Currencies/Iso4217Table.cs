namespace Billing.Currencies;

/// <summary>Finds a currency of ISO 4217 by its code.</summary>
internal static class Iso4217Table
{
    private const int Letters = 26;

    private static readonly Currency[] Rows = Iso4217Rows.All;

    // Indexed by the three letters as a number in base 26: the place in Rows plus one, 0 if there is no such code. 35 kB, so that a look-up is two reads.
    private static readonly ushort[] Places = Index(Rows);

    /// <summary>Every currency, by code; the index of each is its <see cref="Currency.Ordinal"/>.</summary>
    public static IReadOnlyList<Currency> All { get; } = Array.AsReadOnly(Rows);

    /// <summary>Returns the currency with that code of three ASCII letters in any case, or null.</summary>
    public static Currency? Find(ReadOnlySpan<char> code) =>
        code.Length == 3 ? Find(code[0], code[1], code[2]) : null;

    /// <inheritdoc cref="Find(ReadOnlySpan{char})"/>
    public static Currency? Find(ReadOnlySpan<byte> code) =>
        code.Length == 3 ? Find(code[0], code[1], code[2]) : null;

    private static Currency? Find(uint first, uint second, uint third)
    {
        // 0x20 is the difference between a small ASCII letter and its capital; anything that is not a letter ends up outside 0..25.
        first = (first | 0x20) - 'a';
        second = (second | 0x20) - 'a';
        third = (third | 0x20) - 'a';
        if (first >= Letters || second >= Letters || third >= Letters)
        {
            return null;
        }

        int place = Places[(((first * Letters) + second) * Letters) + third];
        return place == 0 ? null : Rows[place - 1];
    }

    private static ushort[] Index(Currency[] rows)
    {
        ushort[] places = new ushort[Letters * Letters * Letters];
        foreach (Currency row in rows)
        {
            string code = row.Code;
            places[((((code[0] - 'A') * Letters) + (code[1] - 'A')) * Letters) + (code[2] - 'A')] = (ushort)(row.Ordinal + 1);
        }

        return places;
    }
}
