using System.Text;
using Billing.Texts;

namespace Billing.Core.Tests.Texts;

/// <summary>The forms of our tables are those of ICU, character by character and in random texts.</summary>
public sealed class NormalFormTests
{
    // Normalisation has new characters since Unicode 15.0, which ICU may not know.
    private static readonly (int First, int Last)[] s_later =
    [
        (0x0897, 0x0897), (0x1ACF, 0x1AEB), (0x105C9, 0x105E4), (0x10D69, 0x10D6D), (0x10EFA, 0x10EFC), (0x11380, 0x113D0), (0x1611E, 0x1612F), (0x16D63, 0x16D6A), (0x1E5EE, 0x1E5EF), (0x1E6E3, 0x1E6F5),
    ];

    private static readonly string[] s_characters =
    [
        .. Enumerable.Range(0, 0x110000).Where(c => Rune.IsValid(c) && c != 0xFFFE && (c & 0xFFFF) != 0xFFFF && !s_later.Any(range => c >= range.First && c <= range.Last)).Select(char.ConvertFromUtf32),
    ];

    [Fact]
    public void Every_character_has_the_forms_that_ICU_gives_it()
    {
        List<string> wrong = [.. s_characters.Where(c => NormalForm.Compose(c) != c.Normalize(NormalizationForm.FormC) || NormalForm.Decompose(c) != c.Normalize(NormalizationForm.FormD))];
        Assert.Empty(wrong.Select(c => $"U+{char.ConvertToUtf32(c, 0):X4}"));
    }

    [Fact]
    public void Every_character_has_the_place_among_marks_that_ICU_gives_it()
    {
        // A base that joins, and marks of low, middle and high classes on both sides: an unknown class or composition would show.
        string[] wrong = [.. s_characters.Where(c => Differs($"e{c}\u0323\u0301") || Differs($"e\u0345\u0301\u05B0{c}\u0334") || Differs($"\u1100{c}\u11A8") || Differs($"{c}\u0301\u0308\u09BE"))];
        Assert.Empty(wrong.Select(c => $"U+{char.ConvertToUtf32(c, 0):X4}"));
    }

    [Fact]
    public void Random_texts_have_the_forms_that_ICU_gives_them()
    {
        Random random = new(17);
        string[] interesting = [.. s_characters.Where(c => c != c.Normalize(NormalizationForm.FormD) || Rune.GetUnicodeCategory(Rune.GetRuneAt(c, 0)) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark), "a", "e", "o", "\u1100", "\u1161", "\u11A8", "x"];
        for (int i = 0; i < 50_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 80)).Select(_ => random.Next(3) == 0 ? s_characters[random.Next(0x3000)] : interesting[random.Next(interesting.Length)]));
            Assert.Equal(text.Normalize(NormalizationForm.FormC), NormalForm.Compose(text));
            Assert.Equal(text.Normalize(NormalizationForm.FormD), NormalForm.Decompose(text));
        }
    }

    [Theory]
    [InlineData("\U00011382\U000113C9", "\U00011383")] // Tulu-Tigalari, Unicode 16
    [InlineData("\U000105D2\u0307", "\U000105C9")] // Todhri, Unicode 16
    [InlineData("e\u1AE6\u0301", "\u00E9\u1AE6")] // a mark below, Unicode 17
    public void Characters_of_later_versions_are_known(string text, string composed) => Assert.Equal(composed, NormalForm.Compose(text));

    // ICU takes minutes for this text, and so would any order of marks found by comparing each with each.
    [Fact]
    public void Marks_without_end_take_no_square_of_time()
    {
        const int count = 200_000;
        string composed = NormalForm.Compose("e" + string.Concat(Enumerable.Repeat("\u0301\u0323\u0334", count)));
        Assert.Equal("\u1EB9" + new string('\u0334', count) + new string('\u0323', count - 1) + new string('\u0301', count), composed);
    }

    private static bool Differs(string text) => NormalForm.Compose(text) != text.Normalize(NormalizationForm.FormC) || NormalForm.Decompose(text) != text.Normalize(NormalizationForm.FormD);
}
