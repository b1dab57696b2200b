using System.Globalization;
using System.Text;
using Billing.Values;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Values;

public sealed class AmountParserPropertyTests
{
    // Every bit pattern of a decimal, at every scale; those of 29 digits are refused.
    private static readonly Arbitrary<decimal> AnyDecimal = (
        from low in Bits
        from middle in Gen.OneOf(Gen.Constant(0), Bits)
        from high in Gen.OneOf(Gen.Constant(0), Bits)
        from scale in Gen.Choose(0, 28)
        from negative in Gen.Elements(true, false)
        select new decimal(low, middle, high, negative, (byte)scale)).ToArbitrary();

    private static Gen<int> Bits =>
        from upper in Gen.Choose(0, 0xFFFF)
        from lower in Gen.Choose(0, 0xFFFF)
        select (upper << 16) | lower;

    [Fact]
    public void Every_decimal_comes_back_numerically_and_with_its_scale() => Check.QuickThrowOnFailure(Prop.ForAll(AnyDecimal, value =>
        Reads(value, value.ToString(CultureInfo.InvariantCulture), NumberFormat.Invariant)));

    [Fact]
    public void Every_decimal_comes_back_from_the_German_form() => Check.QuickThrowOnFailure(Prop.ForAll(AnyDecimal, value =>
        Reads(value, Grouped(value, "de-DE"), new NumberFormat { DecimalMark = ',', GroupSeparators = "." })));

    [Fact]
    public void Every_decimal_comes_back_from_the_French_form() => Check.QuickThrowOnFailure(Prop.ForAll(AnyDecimal, value =>
        Reads(value, Grouped(value, "fr-FR"), new NumberFormat { DecimalMark = ',', GroupSeparators = " " })));

    [Fact]
    public void Every_decimal_comes_back_from_the_Swiss_form() => Check.QuickThrowOnFailure(Prop.ForAll(AnyDecimal, value =>
        Reads(value, Grouped(value, "de-CH"), new NumberFormat { GroupSeparators = "'" })));

    [Fact]
    public void Whatever_the_text_the_answer_agrees_with_the_runtime_or_is_a_refusal() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Elements("0123456789.-+eE, ()".ToCharArray()).ArrayOf().ToArbitrary(), characters =>
        {
            string text = new(characters);
            RowFault? fault = AmountParser.Parse(Encoding.UTF8.GetBytes(text), NumberFormat.Invariant, "amount", out decimal amount);
            return fault is not null || amount == decimal.Parse(System.Text.RegularExpressions.Regex.Replace(text, "(?<=[-+]) +", ""), NumberStyles.Float, CultureInfo.InvariantCulture);
        }));

    private static bool Reads(decimal value, string text, NumberFormat format)
    {
        RowFault? fault = AmountParser.Parse(Encoding.UTF8.GetBytes(text), format, "amount", out decimal read);
        string digits = new([.. value.ToString(CultureInfo.InvariantCulture).Where(char.IsAsciiDigit)]);
        if (digits.Trim('0').Length > 28)
        {
            return fault?.Reason == QuarantineReason.AmountOutOfRange;
        }

        return fault is null && read == value && read.Scale == value.Scale;
    }

    private static string Grouped(decimal value, string culture)
    {
        NumberFormatInfo format = (NumberFormatInfo)CultureInfo.GetCultureInfo(culture).NumberFormat.Clone();
        format.NumberDecimalDigits = value.Scale;
        format.NumberNegativePattern = 1;
        return value.ToString("N", format);
    }
}
