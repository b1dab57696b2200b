using Billing.Console.Arguments;

namespace Billing.Console.Tests.Arguments;

public sealed class SuggestionTests
{
    private static readonly string[] s_words = ["ingest", "inspect", "records", "runs", "summary"];

    [Theory]
    [InlineData("ingst", "ingest")]
    [InlineData("ingets", "ingest")]
    [InlineData("inspekt", "inspect")]
    [InlineData("record", "records")]
    [InlineData("rnus", "runs")]
    [InlineData("sumary", "summary")]
    [InlineData("delete", null)]
    [InlineData("x", null)]
    [InlineData("", null)]
    public void The_nearest_word_is_suggested_if_it_is_near(string word, string? expected) => Assert.Equal(expected, Suggestion.For(word, s_words));
}
