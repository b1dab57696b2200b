namespace Billing.Console.Tests.Views;

public sealed class TerminalOutputTests
{
    [Theory]
    [InlineData(0, 24)]
    [InlineData(-1, 24)]
    [InlineData(1, 1)]
    [InlineData(50, 50)]
    public void A_terminal_that_says_it_has_no_rows_has_the_usual_ones(int said, int height) => Assert.Equal(height, TerminalOutput.HeightOf(said));
}
