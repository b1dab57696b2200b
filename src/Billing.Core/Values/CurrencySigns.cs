using System.Globalization;
using System.Text;

namespace Billing.Values;

/// <summary>The signs and abbreviations that people write next to amounts, and the currencies that each can stand for.</summary>
internal static class CurrencySigns
{
    private const string Table = """
        US$ USD|U$S USD|C$ CAD|CA$ CAD|Can$ CAD|A$ AUD|AU$ AUD|NZ$ NZD|HK$ HKD|S$ SGD|SG$ SGD|NT$ TWD|MX$ MXN|Mex$ MXN|R$ BRL|CN¥ CNY|JP¥ JPY
        $ USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP UYU CUP DOP BBD BSD BZD BMD BND FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD CVE NIO TOP
        € EUR|Euro EUR|Euros EUR|£ GBP EGP GIP FKP SHP SSP SDG SYP LBP|¥ JPY CNY|￥ JPY CNY|元 CNY TWD HKD|円 JPY|RMB CNY
        kr SEK NOK DKK ISK|kr. SEK NOK DKK ISK|Skr SEK|Nkr NOK|Dkr DKK|zł PLN|zl PLN|Kč CZK|Ft HUF|lei RON MDL|лв BGN|лв. BGN|kn HRK|din RSD|din. RSD|дин. RSD
        ₽ RUB|руб RUB|руб. RUB|р. RUB|₴ UAH|грн UAH|грн. UAH|₺ TRY|TL TRY|₪ ILS|₸ KZT|₾ GEL|₼ AZN|֏ AMD|₮ MNT
        ₹ INR|Rs INR PKR LKR NPR MUR SCR|Rs. INR PKR LKR NPR MUR SCR|₨ INR PKR LKR NPR MUR SCR|৳ BDT|؋ AFN|﷼ IRR OMR QAR SAR YER
        ₩ KRW KPW|₫ VND|đ VND|฿ THB|₱ PHP|₭ LAK|៛ KHR|RM MYR|Rp IDR|Rp. IDR|₦ NGN|₵ GHS|R ZAR|₡ CRC SVC|₲ PYG|S/ PEN|S/. PEN|Bs BOB VES|Bs. BOB VES
        Fr CHF|Fr. CHF|SFr CHF|SFr. CHF|ƒ AWG ANG XCG|¤
        """;

    // The longest first, so that US$ is not read as a $ after two letters.
    private static readonly (string Sign, byte[] Utf8, string[] Codes)[] Known = [.. Table
        .Split(['|', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => entry.Split(' '))
        .Select(words => (words[0], Encoding.UTF8.GetBytes(words[0]), words[1..]))
        .OrderByDescending(entry => entry.Item2.Length)];

    /// <summary>Returns the length in bytes of the sign, abbreviation or ISO 4217 code at the start of <paramref name="text"/>; 0 if there is none.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        foreach ((string sign, byte[] utf8, _) in Known)
        {
            if (text.Length >= utf8.Length && (text.StartsWith(utf8) || EqualsInAnyCase(text[..utf8.Length], sign)) && !LettersGoOn(sign, text[utf8.Length..]))
            {
                return utf8.Length;
            }
        }

        int letters = 0;
        while (letters < text.Length && char.IsAsciiLetter((char)text[letters]))
        {
            letters++;
        }

        // GBp and ZAc are not codes: they mean a hundredth of GBP and ZAR.
        return letters == 3 && !(char.IsAsciiLetterUpper((char)text[1]) && char.IsAsciiLetterLower((char)text[2])) && Currency.TryParse([(char)text[0], (char)text[1], (char)text[2]], out _) ? letters : 0;
    }

    /// <summary>Returns the codes that a sign, an abbreviation or a code can stand for; none if it is unknown or is the sign of any currency (¤).</summary>
    public static IReadOnlyList<string> CodesOf(string mark)
    {
        foreach ((string sign, _, string[] codes) in Known)
        {
            if (sign.Equals(mark, StringComparison.OrdinalIgnoreCase))
            {
                return codes;
            }
        }

        return Currency.TryParse(mark, out Currency? currency) ? [currency.Code] : [];
    }

    /// <summary>Whether a sign, an abbreviation or a code can stand for the currency with that code.</summary>
    public static bool MayBe(string mark, string code)
    {
        IReadOnlyList<string> codes = CodesOf(mark);
        return codes.Count == 0 || codes.Contains(code, StringComparer.OrdinalIgnoreCase);
    }

    private static bool EqualsInAnyCase(ReadOnlySpan<byte> text, string sign) =>
        char.IsLetter(sign[0]) && Encoding.UTF8.GetString(text).Equals(sign, StringComparison.OrdinalIgnoreCase);

    private static bool LettersGoOn(string sign, ReadOnlySpan<byte> rest) =>
        char.IsLetter(sign[^1])
        && Rune.DecodeFromUtf8(rest, out Rune next, out _) == System.Buffers.OperationStatus.Done
        && Rune.GetUnicodeCategory(next) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.CurrencySymbol;
}
