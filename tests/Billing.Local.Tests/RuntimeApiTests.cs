using System.Globalization;
using System.Net;
using System.Text;

namespace Billing.Local.Tests;

public sealed class RuntimeApiTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private RuntimeApi _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Runtime => $"http://{_api.Address}/2018-06-01/runtime";

    public async ValueTask InitializeAsync() =>
        _api = await RuntimeApi.StartAsync(new RuntimeApiOptions { FunctionName = "receipts" }, cancellationToken: Token);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _api.DisposeAsync();
    }

    [Fact]
    public async Task An_event_reaches_the_process_with_its_id_deadline_and_function_and_the_answer_comes_back()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        Task<InvocationResult> invocation = Invoke("""{"a":"é"}""", "id-1", TimeSpan.FromMinutes(2));
        using HttpResponseMessage next = await NextAsync();
        Assert.Equal("id-1", Header(next, "Lambda-Runtime-Aws-Request-Id"));
        Assert.Equal("arn:aws:lambda:us-east-1:000000000000:function:receipts", Header(next, "Lambda-Runtime-Invoked-Function-Arn"));
        Assert.StartsWith("Root=1-", Header(next, "Lambda-Runtime-Trace-Id"), StringComparison.Ordinal);
        DateTimeOffset deadline = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Header(next, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture));
        Assert.InRange(deadline - before, TimeSpan.FromSeconds(119), TimeSpan.FromMinutes(3));
        Assert.Equal("""{"a":"é"}""", await next.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("/invocation/id-1/response", "[1]"));
        InvocationResult result = await invocation;
        Assert.True(result.Succeeded);
        Assert.Equal("[1]", result.Text);
        Assert.Equal("id-1", result.RequestId);
    }

    [Fact]
    public async Task An_error_that_the_function_reports_is_the_result()
    {
        Task<InvocationResult> invocation = Invoke("{}", "id-1");
        using HttpResponseMessage next = await NextAsync();
        _ = await PostAsync("/invocation/id-1/error", """{"errorType":"StoreDown","errorMessage":"No answer."}""");
        InvocationResult result = await invocation;
        Assert.False(result.Succeeded);
        Assert.Equal(("StoreDown", "No answer."), (result.ErrorType, result.ErrorMessage));
    }

    [Fact]
    public async Task An_event_waits_for_a_process_that_is_not_there_yet()
    {
        Task<InvocationResult> invocation = Invoke("{}", "id-1");
        Assert.False(_api.Ready.IsCompleted);
        using HttpResponseMessage next = await NextAsync();
        await _api.Ready;
        _ = await PostAsync("/invocation/id-1/response", "{}");
        Assert.True((await invocation).Succeeded);
    }

    [Fact]
    public async Task An_answer_after_the_deadline_is_refused_and_the_invocation_has_failed()
    {
        Task<InvocationResult> invocation = Invoke("{}", "id-1", TimeSpan.FromMilliseconds(50));
        using HttpResponseMessage next = await NextAsync();
        InvocationResult result = await invocation;
        Assert.Equal(InvocationResult.TimedOut, result.ErrorType);
        Assert.Contains("Task timed out after 0.05 seconds", result.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/invocation/id-1/response", "{}"));
    }

    [Fact]
    public async Task An_answer_to_an_id_that_nobody_asked_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync("/invocation/other/response", "{}"));

    [Fact]
    public async Task A_process_with_work_gets_no_more_work_before_it_answers()
    {
        Task<InvocationResult> first = Invoke("1", "id-1");
        Task<InvocationResult> second = Invoke("2", "id-2");
        using HttpResponseMessage next = await NextAsync();
        using HttpResponseMessage early = await NextAsync();
        Assert.Equal(HttpStatusCode.Forbidden, early.StatusCode);
        _ = await PostAsync("/invocation/id-1/response", "{}");
        using HttpResponseMessage later = await NextAsync();
        Assert.Equal("id-2", Header(later, "Lambda-Runtime-Aws-Request-Id"));
        _ = await PostAsync("/invocation/id-2/response", "{}");
        Assert.True((await first).Succeeded && (await second).Succeeded);
    }

    [Fact]
    public async Task Work_of_a_process_that_ended_has_failed_and_the_next_process_gets_the_next_event()
    {
        Task<InvocationResult> first = Invoke("1", "id-1");
        using HttpResponseMessage next = await NextAsync();
        Assert.True(_api.ProcessEnded("exit status 137"));
        InvocationResult lost = await first;
        Assert.Equal(InvocationResult.Exited, lost.ErrorType);
        Assert.Contains("exit status 137", lost.ErrorMessage, StringComparison.Ordinal);

        Assert.False(_api.Ready.IsCompleted);
        Task<InvocationResult> second = Invoke("2", "id-2");
        using HttpResponseMessage other = await NextAsync();
        Assert.Equal("2", await other.Content.ReadAsStringAsync(Token));
        _ = await PostAsync("/invocation/id-2/response", "{}");
        Assert.True((await second).Succeeded);
    }

    [Fact]
    public async Task A_process_that_ended_while_it_waited_takes_no_event_with_it()
    {
        Task<HttpResponseMessage> dead = NextAsync();
        await _api.Ready;
        Assert.False(_api.ProcessEnded("exit status 1"));
        Task<InvocationResult> invocation = Invoke("1", "id-1");
        _ = await Assert.ThrowsAsync<HttpRequestException>(() => dead);
        using HttpResponseMessage next = await NextAsync();
        Assert.Equal("id-1", Header(next, "Lambda-Runtime-Aws-Request-Id"));
        _ = await PostAsync("/invocation/id-1/response", "{}");
        Assert.True((await invocation).Succeeded);
    }

    [Fact]
    public async Task An_error_while_starting_is_told_to_who_waits_for_the_start()
    {
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync("/init/error", """{"errorType":"Settings","errorMessage":"DB_SECRET_NAME is missing."}"""));
        FunctionInitException exception = await Assert.ThrowsAsync<FunctionInitException>(() => _api.Ready);
        Assert.Equal(("Settings", "DB_SECRET_NAME is missing."), (exception.ErrorType, exception.Message));
    }

    [Fact]
    public async Task A_process_that_ends_before_it_asks_has_not_started()
    {
        Task ready = _api.Ready;
        Assert.False(_api.ProcessEnded("exit status 1"));
        _ = await Assert.ThrowsAsync<FunctionInitException>(() => ready);
    }

    [Fact]
    public async Task Several_environments_work_at_once()
    {
        await using RuntimeApi other = await RuntimeApi.StartAsync(cancellationToken: Token);
        Assert.NotEqual(_api.Address, other.Address);
        Task<InvocationResult> first = Invoke("1", "id-1");
        Task<InvocationResult> second = other.InvokeAsync("2"u8.ToArray(), "id-2", cancellationToken: Token);
        using HttpResponseMessage a = await NextAsync();
        using HttpResponseMessage b = await _http.GetAsync(new Uri($"http://{other.Address}/2018-06-01/runtime/invocation/next"), Token);
        Assert.Equal(("id-1", "id-2"), (Header(a, "Lambda-Runtime-Aws-Request-Id"), Header(b, "Lambda-Runtime-Aws-Request-Id")));
        _ = await PostAsync("/invocation/id-1/response", "{}");
        using StringContent answer = new("{}");
        _ = await _http.PostAsync(new Uri($"http://{other.Address}/2018-06-01/runtime/invocation/id-2/response"), answer, Token);
        Assert.True((await first).Succeeded && (await second).Succeeded);
    }

    [Fact]
    public async Task An_answer_of_more_than_six_megabytes_fails_the_invocation()
    {
        Task<InvocationResult> invocation = Invoke("{}", "id-1");
        using HttpResponseMessage next = await NextAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("/invocation/id-1/response", new string('a', (6 * 1024 * 1024) + 1)));
        Assert.Equal("Function.ResponseSizeTooLarge", (await invocation).ErrorType);
    }

    private static string Header(HttpResponseMessage message, string name) => message.Headers.GetValues(name).Single();

    private Task<InvocationResult> Invoke(string payload, string id, TimeSpan? timeout = null) =>
        _api.InvokeAsync(Encoding.UTF8.GetBytes(payload), id, timeout, Token);

    private Task<HttpResponseMessage> NextAsync() => _http.GetAsync(new Uri(Runtime + "/invocation/next"), Token);

    private async Task<HttpStatusCode> PostAsync(string path, string body)
    {
        using StringContent content = new(body);
        using HttpResponseMessage response = await _http.PostAsync(new Uri(Runtime + path), content, Token);
        return response.StatusCode;
    }
}
