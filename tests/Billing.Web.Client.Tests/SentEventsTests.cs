using System.Text;
using Billing.Web.Client.Host;

namespace Billing.Web.Client.Tests;

public sealed class SentEventsTests
{
    [Theory]
    [InlineData("event: a\ndata: 1\n\n", "a=1")]
    [InlineData("\ufeffevent:a\r\ndata:1\r\n\r\nevent: b\r\ndata: 2\r\n\r\n", "a=1;b=2")]
    [InlineData("data: {\ndata: }\n\n", "={\n}")]
    [InlineData(": a comment\nid: 7\nretry: 1\n\nevent: a\n\ndata:  x\n\n", "= x")]
    [InlineData("event: a\ndata: 1\n\nevent: ended\ndata: 2\n", "a=1")]
    [InlineData("event: a\ndata: 1\n\nevent: ended\ndata: 2", "a=1")]
    [InlineData("data\n\n", "=")]
    [InlineData("", "")]
    public async Task Whole_events_are_read_and_no_others(string text, string events)
    {
        List<string> read = [];
        await foreach ((string name, string data) in SentEvents.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Xunit.TestContext.Current.CancellationToken))
        {
            read.Add($"{name}={data}");
        }

        Assert.Equal(events, string.Join(';', read));
    }
}
