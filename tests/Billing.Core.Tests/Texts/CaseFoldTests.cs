using System.Text;
using Billing.Texts;

namespace Billing.Core.Tests.Texts;

public sealed class CaseFoldTests
{
    [Fact]
    public void What_was_folded_stays_and_as_many_fold_as_Unicode_says()
    {
        int folded = 0;
        for (int character = 0; character <= 0x10FFFF; character++)
        {
            if (!Rune.IsValid(character))
            {
                continue;
            }

            string text = char.ConvertFromUtf32(character);
            string once = CaseFold.Of(text);
            Assert.Equal(once, CaseFold.Of(once));
            Assert.Single(once.EnumerateRunes());
            folded += once == text ? 0 : 1;
        }

        // The entries with status C and S in CaseFolding.txt of Unicode 17.0.
        Assert.Equal(1512, folded);
    }

    [Theory]
    [InlineData("Verwendungszweck Ä", "verwendungszweck ä")]
    [InlineData("ОСТАТОК", "остаток")]
    [InlineData("STRAẞE", "straße")]
    [InlineData("İIıi", "İiıi")]
    [InlineData("ΣΑΣ ς", "σασ σ")]
    [InlineData("Ꭰ", "Ꭰ")]
    [InlineData("ꭰ", "Ꭰ")]
    [InlineData("a\uD83C", "a\uD83C")]
    public void Letters_fold_one_by_one_the_same_in_every_culture(string text, string expected) => Assert.Equal(expected, CaseFold.Of(text));
}
