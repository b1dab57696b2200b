using Billing.Web.Client.Host;
using Billing.Web.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Web.Client.Tests;

/// <summary>Answers that came with the page: used at once and once, for the question that they answer.</summary>
public sealed class FirstAnswersTests : PageContext
{
    private const string Path = "api/rules";
    private const string Rules = """{ "text": "<b>", "version": "1", "names": [] }""";

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    private HostApi Api => Services.GetRequiredService<HostApi>();

    private FirstAnswers First => Services.GetRequiredService<FirstAnswers>();

    [Fact]
    public async Task An_answer_is_there_without_a_wait_and_the_next_time_the_host_is_asked()
    {
        FirstAnswers sent = new();
        sent.Add(Path, new FirstAnswer(Rules, "v"));
        string json = sent.ToJson();
        Assert.DoesNotContain('<', json);
        First.Load(json);
        Host.Answer("GET /" + Path, """{ "text": "of the host", "version": "2", "names": [] }""");
        Task<Reply<RulesReply>> reply = Api.GetAsync(Path, WebJsonContext.Default.RulesReply, Cancellation);
        Assert.True(reply.IsCompletedSuccessfully);
        Assert.Equal(("<b>", "v"), ((await reply).Value!.Text, (await reply).Version));
        Assert.Empty(Host.Asked);
        Assert.Equal("of the host", (await Api.GetAsync(Path, WebJsonContext.Default.RulesReply, Cancellation)).Value!.Text);
    }

    [Fact]
    public async Task What_is_sent_and_what_asks_something_else_goes_to_the_host()
    {
        First.Add(Path, new FirstAnswer(Rules, null));
        Host.Answer("PUT /" + Path, """{ "text": "put", "version": "2", "names": [] }""");
        Host.Answer("GET /" + Path, """{ "text": "other", "version": "2", "names": [] }""");
        Assert.Equal("put", (await Api.SendAsync(HttpMethod.Put, Path, new RulesDraft { Text = "" }, WebJsonContext.Default.RulesDraft, WebJsonContext.Default.RulesReply, cancellationToken: Cancellation)).Value!.Text);
        Assert.Equal("other", (await Api.GetAsync(Path + "?x=1", WebJsonContext.Default.RulesReply, Cancellation)).Value!.Text);
        Assert.Equal("<b>", (await Api.GetAsync(Path, WebJsonContext.Default.RulesReply, Cancellation)).Value!.Text);
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_a_problem_and_no_exception()
    {
        First.Add(Path, new FirstAnswer("{", null));
        Assert.Equal(0, (await Api.GetAsync(Path, WebJsonContext.Default.RulesReply, Cancellation)).Problem!.Status);
    }
}
