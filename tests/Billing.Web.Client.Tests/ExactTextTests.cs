using System.Globalization;
using Billing.Web.Client.Language;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Web.Client.Tests;

public sealed class ExactTextTests
{
    private static readonly CultureInfo[] s_cultures = [CultureInfo.GetCultureInfo("en-GB"), CultureInfo.GetCultureInfo("en-US"), CultureInfo.GetCultureInfo("de-DE"), CultureInfo.GetCultureInfo("de-CH"), CultureInfo.GetCultureInfo("de-AT")];

    [Theory]
    [InlineData("en-GB", "1234567.5", "1,234,567.50")]
    [InlineData("de-DE", "1234567.5", "1.234.567,50")]
    [InlineData("de-DE", "-0.004", "\u22120,004")]
    [InlineData("en-GB", "79228162514264337593543950335.01", "79,228,162,514,264,337,593,543,950,335.01")]
    public void A_sum_is_written_in_the_notation_of_the_reader_with_every_digit(string culture, string sum, string text) =>
        Assert.Equal(text, ExactText.Of(ExactSum.Parse(sum), "EUR", CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("en-GB", "1,234.50", "1234.50")]
    [InlineData("en-GB", " 12.5 ", "12.5")]
    [InlineData("de-DE", "1.234,50", "1234.50")]
    [InlineData("de-DE", "1.234.567", "1234567")]
    [InlineData("en-GB", "1.234", "1.234")]
    [InlineData("de-DE", "1,234", "1.234")]
    [InlineData("de-CH", "1'234.50", "1234.50")]
    [InlineData("de-AT", "1 234,50", "1234.50")]
    [InlineData("en-GB", "\u22125", "-5")]
    public void What_a_person_types_is_read_in_their_notation(string culture, string typed, string number) =>
        Assert.Equal(number, ExactText.Read(typed, CultureInfo.GetCultureInfo(culture)));

    [Theory]
    [InlineData("en-GB", "1,23")]
    [InlineData("en-GB", "1.234,50")]
    [InlineData("de-DE", "12.50")]
    [InlineData("de-DE", "1,2,3")]
    [InlineData("en-GB", "12-")]
    [InlineData("en-GB", "1e5")]
    [InlineData("en-GB", "1E5")]
    [InlineData("en-GB", "+5")]
    [InlineData("en-GB", "--5")]
    [InlineData("en-GB", "- 5")]
    [InlineData("en-GB", "(5)")]
    [InlineData("en-GB", "12 50")]
    [InlineData("de-DE", "12 50")]
    [InlineData("en-GB", "12\u00a050")]
    [InlineData("en-GB", "1 234.50")]
    [InlineData("en-GB", "1,234")]
    [InlineData("de-DE", "1.234")]
    [InlineData("de-DE", "-1.234")]
    [InlineData("de-AT", "1 234")]
    [InlineData("en-GB", "0,500")]
    [InlineData("de-DE", "0.500")]
    [InlineData("en-GB", "0,500.00")]
    [InlineData("en-GB", "1,234,56")]
    [InlineData("en-GB", "5.")]
    [InlineData("en-GB", ".5")]
    [InlineData("en-GB", "\u0661\u0662")]
    [InlineData("en-GB", "\uff11\uff12")]
    [InlineData("en-GB", "")]
    [InlineData("en-GB", "-")]
    [InlineData("en-GB", "12345678901234567890123456789012")]
    public void What_could_be_read_in_two_ways_or_is_no_number_is_not_read(string culture, string typed) =>
        Assert.Null(ExactText.Read(typed, CultureInfo.GetCultureInfo(culture)));

    [Fact]
    public void A_count_has_no_decimals_so_that_one_group_is_no_question() => Assert.Equal("1234", ExactText.Read("1.234", CultureInfo.GetCultureInfo("de-DE"), isCount: true));

    [Theory]
    [InlineData("JPY", "1234")]
    [InlineData("BHD", "1.234")]
    [InlineData("USD", "1234567.89")]
    public void An_amount_that_is_put_into_a_field_is_read_back(string currency, string amount) => Assert.All(s_cultures, culture =>
        Assert.Equal(amount, ExactText.Read(ExactText.ToEdit(Money.Parse($"{amount} {currency}"), culture), culture)));

    [Fact]
    public void What_is_written_is_read_back_as_the_same_number()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<int>(), Gen.Choose(0, 6).ToArbitrary(), (units, scale) =>
        {
            decimal amount = new(Math.Abs((long)units) is var size && size > int.MaxValue ? int.MaxValue : (int)size, 0, 0, units < 0, (byte)scale);
            ExactSum sum = ExactSum.From(amount);
            return s_cultures.All(culture => ExactSum.Parse(ExactText.Read(ExactText.Of(sum, 2, culture), culture)!) == sum);
        }));
    }
}
