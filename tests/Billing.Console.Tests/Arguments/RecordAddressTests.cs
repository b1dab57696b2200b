using Billing.Console.Arguments;

namespace Billing.Console.Tests.Arguments;

public sealed class RecordAddressTests
{
    [Fact]
    public void Sixty_four_hexadecimal_digits_are_a_key()
    {
        RecordAddress address = RecordAddress.Parse(Some.Key("1").ToString());
        Assert.Equal((Some.Key("1"), null), (address.Key!.Value, address.File));
    }

    [Theory]
    [InlineData("june.csv:17", "june.csv", 17, "june.csv")]
    [InlineData("in/june.csv:1", "in/june.csv", 1, "june.csv")]
    [InlineData("odd:name.csv:2", "odd:name.csv", 2, "odd:name.csv")]
    public void What_ends_in_a_colon_and_a_number_is_a_line_of_a_file(string text, string file, long line, string source)
    {
        RecordAddress address = RecordAddress.Parse(text);
        Assert.Equal((null, file, line, source), (address.Key, address.File, address.Line, address.SourceName));
    }

    [Theory]
    [InlineData("june.csv")]
    [InlineData("june.csv:")]
    [InlineData("june.csv:0")]
    [InlineData("june.csv:-1")]
    [InlineData("june.csv:1.5")]
    [InlineData(":17")]
    [InlineData("")]
    [InlineData("0123456789abcdef")]
    public void Anything_else_is_wrong_usage(string text) => Assert.Throws<UsageException>(() => RecordAddress.Parse(text));
}
