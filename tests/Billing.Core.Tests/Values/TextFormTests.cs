using System.Globalization;
using System.Text;

namespace Billing.Core.Tests.Values;

/// <summary>Values that have one text: read and written the same way, in every culture.</summary>
public sealed class TextFormTests
{
    private const string Digits = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static readonly CultureInfo[] s_cultures = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("de-DE"), CultureInfo.GetCultureInfo("tr-TR")];

    [Fact]
    public void Every_value_with_a_text_comes_back_from_it()
    {
        Check("EUR", Currency.Eur, "XXZ", "");
        Check("12.50 EUR", new Money(12.50m, Currency.Eur), "12.50", "12,50 EUR", "EUR 12.50", "12.50  EUR", "1e999 EUR", "12.50 XXZ", "");
        Check("-0.001 JPY", new Money(-0.001m, Currency.Parse("JPY")), "- 0.001 JPY");
        Check("79228162514264337593543950335 USD", new Money(decimal.MaxValue, Currency.Usd), "79228162514264337593543950336 USD", "7.92281625142643375935439503351 USD");
        Check("123456789012345678901234567890.5", ExactSum.From(0.5m) + ExactSum.Parse("123456789012345678901234567890"), ".5", "5.", "1,5", "1e3", "", " 1");
        Check(Digits, Fingerprint.Parse(Digits.ToUpperInvariant()), Digits[1..], Digits + "0", "");
        Check(Digits, RecordKey.Parse(Digits.ToUpperInvariant()), Digits[1..], "g" + Digits[1..]);
        Check("content", RecordIdentity.Content, "Content", "content:", "columns", "columns:", "columns:a,,b", "");
        Check("position", RecordIdentity.Position, "position:a");
        Check("columns:a,b", RecordIdentity.Columns("a", "b"), "column:a");
        Check("columns+occurrence:date,amount", RecordIdentity.CountedColumns("date", "amount"), "columns+occurrence");
    }

    [Fact]
    public void Identities_are_equal_when_they_say_the_same()
    {
        Assert.Equal(RecordIdentity.Columns("a", "b"), RecordIdentity.Parse("columns:a, b"));
        Assert.Equal(RecordIdentity.Columns("a").GetHashCode(), RecordIdentity.Parse("columns:a").GetHashCode());
        Assert.NotEqual(RecordIdentity.Columns("a"), RecordIdentity.CountedColumns("a"));
        Assert.NotEqual(RecordIdentity.Columns("a", "b"), RecordIdentity.Columns("a", "c"));
    }

    private static void Check<T>(string text, T value, params string[] wrong)
        where T : ISpanParsable<T>, ISpanFormattable, IUtf8SpanFormattable
    {
        foreach (CultureInfo culture in s_cultures)
        {
            using CultureScope scope = new(culture.Name);
            Assert.Equal(text, value.ToString());
            Assert.Equal(text, ((IFormattable)value).ToString(null, culture));
            Assert.Equal(text, string.Create(culture, $"{value}"));
            Assert.Equal(value, OfText<T>(text, culture));
            Assert.Equal(value, T.Parse(text.AsSpan(), culture));
            Assert.True(IsText(text, culture, out T? read));
            Assert.Equal(value, read);

            char[] chars = new char[text.Length];
            Assert.True(value.TryFormat(chars, out int written, default, culture));
            Assert.Equal((text, text.Length), (new string(chars), written));
            byte[] bytes = new byte[text.Length];
            Assert.True(value.TryFormat(bytes, out written, default, culture));
            Assert.Equal((text, text.Length), (Encoding.UTF8.GetString(bytes), written));
            Assert.False(value.TryFormat(chars.AsSpan(1), out written, default, culture));
            Assert.Equal(0, written);
            Assert.False(value.TryFormat(bytes.AsSpan(1), out written, default, culture));

            foreach (string other in wrong)
            {
                Assert.False(IsText<T>(other, culture, out _), other);
                Assert.False(T.TryParse(other.AsSpan(), culture, out _), other);
                Assert.Throws<FormatException>(() => OfText<T>(other, culture));
                Assert.Throws<FormatException>(() => T.Parse(other.AsSpan(), culture));
            }
        }

        Assert.False(IsText<T>(null, null, out _));
        Assert.Throws<ArgumentNullException>(() => OfText<T>(null!, null));
    }

    // Through the base interface: the other one hides it.
    private static T OfText<T>(string text, IFormatProvider? provider)
        where T : IParsable<T> => T.Parse(text, provider);

    private static bool IsText<T>(string? text, IFormatProvider? provider, out T? value)
        where T : IParsable<T> => T.TryParse(text, provider, out value);
}
