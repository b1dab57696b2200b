using System.CommandLine;
using System.Text;
using System.Text.Json;
using Billing.Console.Arguments;
using Billing.Console.Commands;

namespace Billing.Console.Tests.EndToEnd;

public sealed class BrokenListingTests
{
    [Theory]
    [InlineData(1, """{"numbers":[1,2],"continuationToken":"more","error":"The store went away."}""")]
    [InlineData(0, "")]
    public async Task A_list_that_breaks_off_is_still_one_document_that_says_so(int pages, string expected)
    {
        CommandOptions options = new();
        ParseResult parse = new RootCommand { options.PageSize, options.Token, options.All, options.Json }.Parse(["--all", "--json"]);
        using MemoryStream output = new();
        using Terminal terminal = new(output, TextWriter.Null);
        Listing<int> listing = new(parse, options, (_, _) => pages-- > 0 ? Task.FromResult(new Page<int>([1, 2], "more")) : throw new BillingException("The store went away."));
        await Assert.ThrowsAsync<BillingException>(() => listing.WriteAsync(terminal, "numbers", (json, number) => json.WriteNumberValue(number), (_, _, _) => { }));
        string written = Encoding.UTF8.GetString(output.ToArray());
        Assert.Equal(expected.Length > 0, terminal.HasDocument);
        Assert.Equal(expected, written.Length == 0 ? "" : JsonSerializer.Serialize(JsonDocument.Parse(written)));
    }
}
