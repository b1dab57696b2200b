using System.Net;
using System.Text.RegularExpressions;
using Billing.Web.Client.Host;
using Billing.Web.Contracts;
using Billing.Web.FirstScreen;
using Billing.Web.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Billing.Web.Tests;

/// <summary>The first screen, as the host draws it: of what is stored, for who may see it, and as text whatever is in it.</summary>
public sealed partial class FirstScreenTests
{
    private const string Hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";

    [Theory]
    [InlineData("/?month=2025-06", "13.75", "api/overview?month=2025-06")]
    [InlineData("/app/expenses?month=2025-06", "Lunch", "api/records?month=2025-06&sort=-date&limit=50")]
    public async Task It_has_what_is_stored_and_comes_with_the_answers_that_it_was_made_of(string path, string seen, string question)
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch);
        (string text, HttpResponseMessage response) = await OpenAsync(page, path);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal("text/html; charset=utf-8", $"{response.Content.Headers.ContentType}");
        Assert.Contains("script-src 'self'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains(seen, Screen(text), StringComparison.Ordinal);
        Assert.DoesNotContain("style=", Screen(text), StringComparison.Ordinal);
        FirstAnswers answers = Answers(text);
        Assert.Equal(["api/session", question], answers.Paths.OrderDescending(StringComparer.Ordinal));
        foreach (string asked in answers.Paths.ToArray())
        {
            Assert.Equal(await page.GetStringAsync("/" + asked, WebHost.Cancellation), answers.Take(asked)!.Body);
        }
    }

    [Fact]
    public async Task What_is_hostile_is_text_in_the_screen_and_in_the_answers()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch with { Description = Hostile, Party = Hostile });
        foreach (string path in (string[])["/?month=2025-06", "/app/expenses", "/app/expenses?party=" + Uri.EscapeDataString(Hostile)])
        {
            (string text, _) = await OpenAsync(page, path);
            Assert.DoesNotContain("alert(1)</script>", text, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
            Assert.Contains("&lt;/script&gt;", Screen(text), StringComparison.Ordinal);
            FirstAnswers answers = Answers(text);
            Assert.Contains("alert(1)", answers.Take(answers.Paths.Single(question => question != "api/session"))!.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_control_is_shut_whatever_its_name_says()
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch with { Description = "For guests with disabled parking" });
        string screen = Screen((await OpenAsync(page, "/app/expenses")).Text);
        string[] controls = [.. Control().Matches(screen).Select(control => control.Value)];
        Assert.Contains(controls, control => control.Contains("disabled parking", StringComparison.Ordinal));
        Assert.All(controls, control => Assert.StartsWith("disabled", control[(control.IndexOf(' ', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_gets_the_page_without_it_and_nothing_of_the_ledger()
    {
        await using WebHost host = new(("urls", "http://0.0.0.0:5000"));
        HttpClient page = host.Page();
        string token = host.Services.GetRequiredService<SignInSettings>().Token!;
        await WebHost.SendAsync<RecordReply>(page, HttpMethod.Post, "/api/expenses", WebHost.Lunch, 201, ("Idempotency-Key", "1"), ("Authorization", "Bearer " + token));
        Assert.DoesNotContain("Lunch", await PlainAsync(page, "/app/expenses"), StringComparison.Ordinal);
        Assert.DoesNotContain("Lunch", await PlainAsync(page, "/app/expenses", ("Authorization", "Bearer wrong")), StringComparison.Ordinal);
        using HttpResponseMessage signedIn = await WebHost.AskAsync(page, HttpMethod.Post, "/api/token", new TokenRequest { Token = token });
        Assert.Equal(HttpStatusCode.NoContent, signedIn.StatusCode);
        Assert.Contains("Lunch", Screen((await OpenAsync(page, "/app/expenses")).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/?month=2025-13")]
    [InlineData("/?month=9999-12")]
    [InlineData("/app/runs")]
    [InlineData("/app/nothing")]
    public async Task What_the_host_refuses_or_does_not_draw_is_left_to_the_browser(string path)
    {
        await using WebHost host = new();
        await PlainAsync(host.Page(), path);
        Assert.DoesNotContain("could not be drawn", host.Lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_that_nobody_knows_leaves_it_to_the_browser_and_the_log_has_why()
    {
        await using WebHost host = new();
        await PlainAsync(host.Page(), "/", ("Accept-Language", "en-" + new string('x', 100)));
        Assert.Contains("The first screen of / could not be drawn here", host.Lines.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_fails_leaves_it_to_the_browser_and_the_log_has_why()
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, new string('x', 10_000), WebHost.Cancellation);
            await using WebHost host = new(("Store:ConnectionString", $"Data Source={file}"));
            await PlainAsync(host.Page(), "/");
            Assert.Matches("Failure \\S+ of .*overview", host.Lines.Text);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Answers_that_take_longer_than_the_browser_needs_are_not_waited_for()
    {
        await using WebHost host = new();
        FakeTimeProvider clock = new();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isPassedOn = false;
        FirstScreens screens = new(
            async context =>
            {
                isPassedOn = context.Request.Path == "/";
                if (!isPassedOn)
                {
                    asked.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
                }
            },
            host.Services,
            host.Services.GetRequiredService<IWebHostEnvironment>(),
            clock,
            NullLogger<FirstScreens>.Instance);
        DefaultHttpContext context = new() { RequestServices = host.Services };
        (context.Request.Method, context.Request.Scheme, context.Request.Host, context.Request.Path, context.Request.Headers.Accept) = ("GET", "http", new HostString("localhost"), "/", "text/html");
        Task answering = screens.InvokeAsync(context);
        await asked.Task.WaitAsync(WebHost.Cancellation);
        Assert.False(answering.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        await answering.WaitAsync(WebHost.Cancellation);
        Assert.True(isPassedOn);
    }

    [Theory]
    [InlineData("de-DE,de;q=0.9", null, "de", "13,75")]
    [InlineData("en-US", "billing.language=de", "de", "13,75")]
    [InlineData("de", "billing.language=en", "en", "13.75")]
    [InlineData("fr;q=0.5,de-CH;q=0.8", null, "de", "13.75")]
    [InlineData("pt-BR", "billing.language=xx", "en", "13.75")]
    public async Task It_is_in_the_language_that_was_used_last_or_else_that_of_the_browser(string browser, string? cookie, string language, string amount)
    {
        await using WebHost host = new();
        HttpClient page = host.Page();
        await WebHost.EnterAsync(page, WebHost.Lunch);
        (string text, _) = await OpenAsync(page, "/?month=2025-06", [("Accept-Language", browser), .. cookie is null ? [] : new[] { ("Cookie", cookie) }]);
        Assert.Contains($"<html lang=\"{language}\">", text, StringComparison.Ordinal);
        Assert.Contains(language == "de" ? "Juni 2025" : "June 2025", Screen(text), StringComparison.Ordinal);
        Assert.Contains(amount, Screen(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_ask_for_HTML_gets_the_file()
    {
        await using WebHost host = new();
        using HttpResponseMessage response = await host.Page().GetAsync("/", WebHost.Cancellation);
        Assert.NotNull(response.Headers.ETag);
        Assert.DoesNotContain("id=\"answers\"", await response.Content.ReadAsStringAsync(WebHost.Cancellation), StringComparison.Ordinal);
    }

    private static async Task<(string Text, HttpResponseMessage Response)> OpenAsync(HttpClient page, string path, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = await WebHost.AskAsync(page, HttpMethod.Get, path, null, [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), .. headers]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadAsStringAsync(WebHost.Cancellation), response);
    }

    private static async Task<string> PlainAsync(HttpClient page, string path, params (string Name, string Value)[] headers)
    {
        (string text, _) = await OpenAsync(page, path, headers);
        Assert.Contains("class=\"boot-text\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"first\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"answers\"", text, StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex("<(button|input|select|textarea)[^>]*>")]
    private static partial Regex Control();

    private static string Screen(string text) => Between(text, "<div id=\"first\">", "</div></div>\n  <script");

    private static FirstAnswers Answers(string text)
    {
        FirstAnswers answers = new();
        answers.Load(Between(text, "<script type=\"application/json\" id=\"answers\">", "</script>"));
        return answers;
    }

    private static string Between(string text, string begin, string end)
    {
        int at = text.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{begin} is not in {text}");
        at += begin.Length;
        return text[at..text.IndexOf(end, at, StringComparison.Ordinal)];
    }
}
