using System.Text;
using Billing.Console.Views;

namespace Billing.Console.Tests.Views;

public sealed class SentenceTests
{
    [Theory]
    [InlineData(16, 0, "the quick brown fox jumps", "the quick brown\nfox jumps")]
    [InlineData(16, 2, "the quick brown fox", "  the quick\n  brown fox")]
    [InlineData(15, 0, "the quick brown fox", "the quick brown\nfox")]
    [InlineData(12, 0, "0123456789abcdef01", "0123456789ab\ncdef01")]
    [InlineData(12, 0, "a 0123456789abcdef", "a\n0123456789ab\ncdef")]
    [InlineData(12, 0, "北京市北京市北京市", "北京市北京市\n北京市")]
    [InlineData(40, 0, "", "")]
    public void Text_breaks_between_words_and_a_long_word_where_it_must(int width, int indent, string text, string expected)
    {
        using MemoryStream output = new();
        using (Terminal terminal = new(output, TextWriter.Null, width))
        {
            terminal.Out.Profile.Capabilities.Ansi = false;
            Sentence.Write(terminal.Out, text, indent: indent);
        }

        Assert.Equal(expected + "\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
