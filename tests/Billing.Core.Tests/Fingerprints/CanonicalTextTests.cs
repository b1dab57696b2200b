using System.Diagnostics;
using System.Globalization;
using System.Text;
using Billing.Fingerprints;

namespace Billing.Core.Tests.Fingerprints;

public sealed class CanonicalTextTests
{
    private const string Invariant = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    private static bool ToldToBeInvariant => Environment.GetEnvironmentVariable(Invariant) == "1";

    [Fact]
    public void The_trimmed_characters_are_the_white_space_of_unicode()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            string text = $"{(char)c}x{(char)c}";
            Assert.Equal(char.IsWhiteSpace((char)c) ? 1 : 3, CanonicalText.Trim(text).Length);
        }
    }

    [Fact]
    public void Trimming_stops_at_what_is_no_space_and_takes_all_of_a_blank_text()
    {
        Assert.Equal("a b", CanonicalText.Trim(" \r\n a b\t").ToString());
        Assert.True(CanonicalText.Trim(" \u3000\t").IsEmpty);
        Assert.True(CanonicalText.Trim("").IsEmpty);
    }

    [Fact]
    public void Characters_taken_for_composed_are_composed_and_combine_with_nothing()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            if (CanonicalText.IsPlainlyNfc((char)c))
            {
                Assert.True(((char)c).ToString().IsNormalized(NormalizationForm.FormC), $"U+{c:X4} decomposes.");
                UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory((char)c);
                Assert.False(category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Surrogate, $"U+{c:X4} is a {category}.");
                Assert.False(c is >= 0x1161 and <= 0x11C2, $"U+{c:X4} joins a Hangul syllable.");
            }
        }
    }

    [Fact]
    public void Long_texts_that_must_be_composed_are_composed_whole()
    {
        string text = string.Concat(Enumerable.Repeat("e\u0301", 100_000));

        Assert.Equal("200000:" + new string('\u00E9', 100_000), Written(text));
    }

    [Fact]
    public void Texts_that_grow_when_they_are_composed_fit() =>
        // U+1D160 becomes three code points of two units each: the most that there is.
        Assert.Equal("12000:" + string.Concat(Enumerable.Repeat("\U0001D158\U0001D165\U0001D16E", 1000)), Written(string.Concat(Enumerable.Repeat("\U0001D160", 1000))));

    [Fact]
    public void A_noncharacter_passes_and_parts_what_is_beside_it() =>
        Assert.Equal("10:\uFFFE\u00E9\uFFFE\u0301", Written("\uFFFEe\u0301\uFFFE\u0301"));

    [Fact]
    public async Task In_globalization_invariant_mode_a_text_is_composed_all_the_same()
    {
        Assert.Equal("2:\u00E9", Written("e\u0301"));
        if (ToldToBeInvariant)
        {
            // It was heeded: the platform's own form leaves the text as it is.
            Assert.Equal("e\u0301", "e\u0301".Normalize(NormalizationForm.FormC));
            return;
        }

        string program = Path.Combine(AppContext.BaseDirectory, typeof(CanonicalTextTests).Assembly.GetName().Name!);
        ProcessStartInfo start = new(OperatingSystem.IsWindows() ? program + ".exe" : program, ["-noLogo", "-method", $"*.{nameof(CanonicalTextTests)}.{nameof(In_globalization_invariant_mode_a_text_is_composed_all_the_same)}"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment[Invariant] = "1";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Total: 1,", output, StringComparison.Ordinal);
        Assert.True(process.ExitCode == 0, output);
    }

    private static string Written(string text)
    {
        FormBuffer buffer = new();
        CanonicalText.WriteWithLength(buffer, text, "text"u8);
        return Encoding.UTF8.GetString(buffer.Written);
    }
}
