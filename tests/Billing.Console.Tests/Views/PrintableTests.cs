using Billing.Console.Views;

namespace Billing.Console.Tests.Views;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("Panadería Ñandú 北京 €", "Panadería Ñandú 北京 €")]
    [InlineData("\u001b[31mred\u001b[0m", @"\u001b[31mred\u001b[0m")]
    [InlineData("a\tb\r\nc", @"a\tb\r\nc")]
    [InlineData("bell\a nul\0 del\u007f c1\u009b", @"bell\u0007 nul\u0000 del\u007f c1\u009b")]
    [InlineData("turned\u202eround\u2066", @"turned\u202eround\u2066")]
    [InlineData("line\u2028end\ufeff", @"line\u2028end\ufeff")]
    [InlineData("", "")]
    public void What_would_move_a_terminal_is_shown_as_its_escape(string text, string expected) => Assert.Equal(expected, Printable.Of(text));

    [Fact]
    public void A_long_text_ends_with_how_much_is_left_out() => Assert.Equal("aaaaa… (1,995 more characters)", Printable.Start(new string('a', 2000), 5));
}
