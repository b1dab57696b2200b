using System.Text;
using Microsoft.Playwright;

namespace Billing.Web.Browser.Tests;

/// <summary>A connection that dies without a word: the page finds it by the heartbeats that do not come, says so, and hears of everything again.</summary>
public sealed class SilentStreamTests(Chromium chromium)
{
    private static readonly LocatorAssertionsToBeVisibleOptions s_patience = new() { Timeout = 60_000 };

    [Fact]
    public async Task Live_events_come_again_after_a_stream_that_was_swallowed()
    {
        await using RunningHost host = await RunningHost.StartAsync();
        await using SilentProxy proxy = new(host.Address);
        await using WatchedPage watched = await chromium.OpenAsync(proxy.Address);
        await watched.GoAsync("/app/expenses");
        await Assertions.Expect(watched.Page.GetByText("Nothing is stored yet.")).ToBeVisibleAsync();
        while (proxy.Streams == 0)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        proxy.SwallowsNew = true;
        proxy.Swallow();
        using Books books = new(host.Address);
        await books.ImportAsync("a.csv", Encoding.UTF8.GetBytes("date,company,amount,currency\n2025-07-01,While It Was Silent,10.00,USD\n"));
        await Assertions.Expect(watched.Page.GetByText("The server cannot be reached.")).ToBeVisibleAsync(s_patience);
        await Assertions.Expect(watched.Page.GetByText("While It Was Silent")).ToHaveCountAsync(0);
        proxy.SwallowsNew = false;
        await Assertions.Expect(watched.Page.GetByText("While It Was Silent").First).ToBeVisibleAsync(s_patience);
        await Assertions.Expect(watched.Page.GetByText("The server cannot be reached.")).ToHaveCountAsync(0);
        await books.ImportAsync("b.csv", Encoding.UTF8.GetBytes("date,company,amount,currency\n2025-07-02,Live Again,20.00,USD\n"));
        await Assertions.Expect(watched.Page.GetByText("Live Again").First).ToBeVisibleAsync();
        watched.AssertQuiet();
    }
}
