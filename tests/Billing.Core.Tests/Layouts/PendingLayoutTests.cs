namespace Billing.Core.Tests.Layouts;

/// <summary>What layout files say of pending rows.</summary>
public sealed class PendingLayoutTests
{
    [Fact]
    public void What_is_stated_is_read_and_written()
    {
        SourceLayout layout = SourceLayout.Parse("""
            {
              "columns": { "status": "State" },
              "pending": { "values": ["PENDING", "Vorgemerkt"], "posted": ["POSTED", ""], "id": "tx", "postedId": "pending tx",
                           "match": { "days": 10, "percent": 20, "amount": "5.00" }, "days": 45 }
            }
            """);
        Assert.Equal("State", layout.Status);
        PendingTerms terms = layout.Pending!;
        Assert.Equal(["PENDING", "Vorgemerkt"], terms.Values);
        Assert.Equal(["POSTED", ""], terms.Posted);
        Assert.Equal(("tx", "pending tx", 45), (terms.Id, terms.PostedId, terms.Days));
        Assert.Equal(new PendingMatch { Days = 10, Percent = 20, Amount = 5.00m }, terms.Match);
        Assert.Equal(layout with { Name = null }, SourceLayout.Parse(layout.ToJson()) with { Name = null });
        Assert.Equal(terms, SourceLayout.Parse(layout.ToJson()).Pending);
        Assert.Null(SourceLayout.Parse("""{ "pending": null }""").Pending);
        Assert.Equal(60, SourceLayout.Parse("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"] } }""").Pending!.Days);
    }

    [Theory]
    [InlineData("""{ "columns": { "status": "s" } }""", "which mean posted")]
    [InlineData("""{ "pending": { "values": ["p"], "posted": ["b"] } }""", "no column for them")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": [], "posted": ["b"] } }""", "No word means pending")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": [] } }""", "No word means posted")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": [" "], "posted": ["b"] } }""", "A blank does not say")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["Open"], "posted": ["open "] } }""", "'open' is both")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "postedId": "x" } }""", "pending rows have none")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "id": "#3" } }""", "is a place")]
    [InlineData("""{ "columns": { "status": "s", "date": "d" }, "pending": { "values": ["p"], "posted": ["b"], "id": "d" } }""", "already the date")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "days": 0 } }""", "0 days cannot")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "match": {} } }""", "how many days")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "match": { "days": 400 } } }""", "400 days later")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "days": 5, "match": { "days": 6 } } }""", "lapse after 5")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "match": { "days": 5, "percent": 101 } } }""", "101 percent")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "match": { "days": 5, "amount": -1 } } }""", "differ by -1")]
    [InlineData("""{ "columns": { "status": "s", "party": null }, "pending": { "values": ["p"], "posted": ["b"], "match": { "days": 5 } } }""", "A match is of one party")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "tip": 5 } }""", "has no 'tip'")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": "p", "posted": ["b"] } }""", "a list of texts")]
    [InlineData("""{ "columns": { "status": "s" }, "pending": { "values": ["p"], "posted": ["b"], "match": { "days": 5, "percent": "a fifth" } } }""", "a number with a point")]
    public void What_cannot_be_is_an_error_that_says_what_to_do(string json, string message) =>
        Assert.Contains(message, Assert.Throws<BillingConfigurationException>(() => SourceLayout.Parse(json)).Message, StringComparison.Ordinal);
}
