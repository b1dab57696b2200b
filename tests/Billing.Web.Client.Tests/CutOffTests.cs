using System.Net;
using Billing.Web.Client.Host;
using Billing.Web.Client.Language;
using Billing.Web.Client.Layout;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>Sessions that end, streams that break off, and texts that turn the direction.</summary>
public sealed class CutOffTests : PageContext
{
    private const string Stranger = """{ "signIn": "token", "roles": [], "reportingCurrency": "EUR", "currencies": [], "today": "2026-06-18", "antiForgeryHeader": "X-Billing", "mostUploadBytes": 1, "pieceBytes": 1 }""";

    private HostApi Api => Services.GetRequiredService<HostApi>();

    [Fact]
    public async Task A_session_that_ends_leaves_the_page_as_it_is_and_goes_on_after_signing_in()
    {
        await OpenAsync();
        IRenderedComponent<MainLayout> layout = Render<MainLayout>(p => p.Add(l => l.Body, (RenderFragment)(builder => builder.AddContent(0, "what I typed"))));
        Host.Answer("GET /api/records", """{ "status": 401 }""", HttpStatusCode.Unauthorized);
        string session = System.Text.Json.JsonSerializer.Serialize(Api.Session!, WebJsonContext.Default.SessionReply);
        await layout.InvokeAsync(() => Api.GetAsync("api/records", WebJsonContext.Default.RecordList, Xunit.TestContext.Current.CancellationToken));
        layout.WaitForAssertion(() => Assert.Contains("Your session has ended.", layout.Find("main").TextContent, StringComparison.Ordinal));
        Host.Answer("GET /api/session", Stranger);
        await layout.InvokeAsync(() => Api.OpenAsync(Xunit.TestContext.Current.CancellationToken));
        Assert.Contains("what I typed", layout.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Equal("USD", Api.Session!.ReportingCurrency);
        List<string> told = [];
        Services.GetRequiredService<LiveEvents>().Changed += told.Add;
        Host.Answer("POST /api/token", "", HttpStatusCode.NoContent);
        Host.Answer("GET /api/session", session);
        await layout.Find("#token").ChangeAsync("t");
        await layout.Find("#sign-in form").SubmitAsync();
        Assert.DoesNotContain("Your session has ended.", layout.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Contains("what I typed", layout.Find("main").TextContent, StringComparison.Ordinal);
        Assert.Equal(["all"], told);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.OK)]
    public async Task A_stream_of_events_that_is_refused_or_ends_is_opened_again_and_everything_is_read_anew(HttpStatusCode status)
    {
        TaskCompletionSource<string> heard = new();
        LiveEvents live = Services.GetRequiredService<LiveEvents>();
        live.Changed += what => heard.TrySetResult(what);
        Host.Answer("GET /api/events", "{}", status);
        live.Start();
        Host.Stream("GET /api/events", "event: connected\ndata: {}\n\n");
        Assert.Equal("all", await heard.Task.WaitAsync(TimeSpan.FromSeconds(20), Xunit.TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_request_that_the_browser_gives_up_is_a_host_that_is_gone()
    {
        await OpenAsync();
        Host.Hold("GET /api/records").SetException(new TaskCanceledException("timeout"));
        Assert.True((await Api.GetAsync("api/records", WebJsonContext.Default.RecordList, Xunit.TestContext.Current.CancellationToken)).IsOffline);
    }

    [Theory]
    [InlineData("\u05e9\u05dc\u05d5\u05dd")]
    [InlineData("\u0645\u0631\u062d\u0628\u0627")]
    [InlineData("pay\u202e00.1")]
    [InlineData("\u2066open")]
    public void A_text_that_turns_the_direction_moves_no_figure_beside_it(string text)
    {
        string sentence = new Words().Of("expense.saved", text, "12.50", "USD", "Travel");
        int end = sentence.IndexOf('\u2069');
        Assert.InRange(end, 1, sentence.IndexOf("12.50", StringComparison.Ordinal));
        Assert.Equal(1, sentence.Count(c => c is '\u2068'));
        Assert.DoesNotContain('\u202e', sentence);
        Assert.DoesNotContain('\u2066', sentence);
    }

    [Fact]
    public void Other_texts_stay_as_they_are() => Assert.Equal("Caf\u00e9 \u2013 12", Words.Apart("Caf\u00e9 \u2013 12"));
}
