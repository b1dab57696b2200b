using System.Text;

namespace Billing.Core.Tests.Currencies;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("USD", 840, 2, "US Dollar")]
    [InlineData("JPY", 392, 0, "Yen")]
    [InlineData("KWD", 414, 3, "Kuwaiti Dinar")]
    [InlineData("CLF", 990, 4, "Unidad de Fomento")]
    [InlineData("XAU", 959, null, "Gold")]
    [InlineData("ALL", 8, 2, "Lek")]
    public void Currencies_in_use_have_number_minor_units_and_name(string code, int number, int? minorUnits, string name)
    {
        Currency currency = Currency.Parse(code);

        Assert.Equal((code, number, minorUnits, name, (DateOnly?)null), (currency.Code, currency.Number, currency.MinorUnits, currency.Name, currency.WithdrawnOn));
        Assert.Equal(code, currency.ToString());
    }

    [Theory]
    [InlineData("DEM", 2, 2002, 3)]
    [InlineData("ITL", 0, 2002, 3)]
    [InlineData("TRL", 0, 2005, 12)]
    [InlineData("BGN", 2, 2026, 1)]
    // Several months in the list: the last counts.
    [InlineData("HRK", 2, 2023, 1)]
    [InlineData("VEF", 2, 2018, 8)]
    // Years only, or a span.
    [InlineData("VNC", 2, 1990, 12)]
    [InlineData("DDM", 2, 1990, 9)]
    public void Withdrawn_currencies_are_known_with_their_month(string code, int minorUnits, int year, int month)
    {
        Currency currency = Currency.Parse(code);

        Assert.Equal(new DateOnly(year, month, 1), currency.WithdrawnOn);
        Assert.Equal(minorUnits, currency.MinorUnits);
    }

    [Theory]
    [InlineData("EUR")]
    [InlineData("PEN")]
    [InlineData("TRY")]
    public void A_code_that_is_current_and_historic_is_the_current_one(string code) =>
        Assert.Null(Currency.Parse(code).WithdrawnOn);

    [Theory]
    [InlineData("usd")]
    [InlineData("Usd")]
    [InlineData("  USD ")]
    [InlineData("\tusd\r\n")]
    public void Case_and_spaces_around_a_code_do_not_matter(string text)
    {
        Assert.Same(Currency.Usd, Currency.Parse(text));
        Assert.True(Currency.TryParse(Encoding.UTF8.GetBytes(text), out Currency? currency));
        Assert.Same(Currency.Usd, currency);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("US")]
    [InlineData("USDX")]
    [InlineData("U D")]
    [InlineData("ABC")]
    [InlineData("840")]
    [InlineData("$")]
    [InlineData("@@@")]
    [InlineData("[[[")]
    [InlineData("{{{")]
    [InlineData("UſD")]
    [InlineData("ＵＳＤ")]
    [InlineData("\u0155SD")]
    [InlineData("İDR")]
    [InlineData("ıdr")]
    public void What_is_not_a_code_is_not_parsed(string text)
    {
        Assert.False(Currency.TryParse(text, out Currency? currency));
        Assert.Null(currency);
        Assert.False(Currency.TryParse(Encoding.UTF8.GetBytes(text), out _));
        FormatException error = Assert.Throws<FormatException>(() => Currency.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("az-Latn-AZ")]
    [InlineData("de-DE")]
    public void Codes_with_an_i_are_found_in_every_culture(string culture)
    {
        using CultureScope scope = new(culture);

        Assert.Equal("IDR", Currency.Parse("idr").Code);
        Assert.Equal("INR", Currency.Parse("inr").Code);
        Assert.Equal("SIT", Currency.Parse("Sit").Code);
    }

    [Fact]
    public void Every_currency_is_found_by_its_code_and_stands_at_its_place()
    {
        Assert.Equal(Currency.All.OrderBy(currency => currency.Code, StringComparer.Ordinal), Currency.All);
        Assert.Equal(Currency.All.Count, Currency.All.Select(currency => currency.Code).Distinct().Count());
        for (int i = 0; i < Currency.All.Count; i++)
        {
            Assert.Equal(i, Currency.All[i].Ordinal);
            Assert.Same(Currency.All[i], Currency.Parse(Currency.All[i].Code.ToLowerInvariant()));
        }
    }

    [Fact]
    public void Of_all_texts_of_three_letters_only_the_listed_codes_are_found()
    {
        int found = 0;
        Span<char> code = stackalloc char[3];
        for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
        {
            for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
            {
                for (code[2] = 'A'; code[2] <= 'Z'; code[2]++)
                {
                    if (Currency.TryParse(code, out Currency? currency))
                    {
                        Assert.True(code.SequenceEqual(currency.Code));
                        found++;
                    }
                }
            }
        }

        Assert.Equal(Currency.All.Count, found);
    }

    [Fact]
    public void Finding_a_currency_allocates_nothing()
    {
        bool same = true;
        Assert.Equal(0, Allocations.OfMany(() =>
        {
            same &= Currency.TryParse(" usd ", out _);
            same &= !Currency.TryParse("ABC", out _);
            same &= Currency.TryParse("eur"u8, out _);
        }));
        Assert.True(same);
    }

    [Fact]
    public void All_cannot_be_changed() =>
        Assert.Throws<NotSupportedException>(() => ((IList<Currency>)Currency.All)[0] = Currency.Usd);
}
