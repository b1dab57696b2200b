using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Billing.Lambda.Tests;

/// <summary>A runtime that is not as described, and what Lambda is told of errors.</summary>
public sealed class RuntimeTests(Emulators emulators)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_without_a_deadline_is_handled()
    {
        using ScriptedRuntime runtime = new(_ => 202);
        await using Started function = Start(runtime, "transactions");
        (string path, string body) = await runtime.Posted.WaitAsync(Token);
        Assert.Equal("invocation/only-one/response", path);
        Assert.Equal("""{"batchItemFailures":[]}""", body);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task An_answer_that_is_refused_ends_the_process_with_a_message(int status)
    {
        using ScriptedRuntime runtime = new(_ => status);
        await using Started function = Start(runtime, "transactions");
        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Contains($"invocation/only-one/response with {status}: ", function.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", function.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_for_the_runtime_is_told_and_the_next_event_waited_for()
    {
        using ScriptedRuntime runtime = new(_ => 413);
        await using Started function = Start(runtime, "transactions");
        await runtime.Posted.WaitAsync(Token);
        while (!function.Said.Contains("more than Lambda accepts", StringComparison.Ordinal))
        {
            await Task.Delay(20, Token);
        }

        Assert.True(function.Runs);
    }

    [Fact]
    public async Task A_report_of_a_failed_start_that_is_refused_ends_the_process_with_a_message()
    {
        using ScriptedRuntime runtime = new(_ => 403);
        await using Started function = Start(runtime, "no-such-function");
        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Equal("init/error", (await runtime.Posted).Path);
        Assert.Contains("init/error with 403: ", function.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", function.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runtime_that_is_not_there_ends_the_process_with_a_message()
    {
        ScriptedRuntime gone = new(_ => 202);
        gone.Dispose();
        await using Started function = Start(gone, "transactions");
        Assert.Equal(1, await function.ExitCodeAsync());
        Assert.Contains("The runtime did not answer GET ", function.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", function.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_has_its_stack_and_its_cause()
    {
        using ScriptedRuntime runtime = new(_ => 202);
        await using Started function = Start(runtime, "log-expense", ("ALERT_TOPIC_ARN", Emulators.Topic), ("BILLING_RATES", "CAD=x"));
        (string path, string body) = await runtime.Posted.WaitAsync(Token);
        Assert.Equal("init/error", path);
        using JsonDocument error = JsonDocument.Parse(body);
        JsonElement root = error.RootElement;
        Assert.Equal("BillingConfigurationException", root.GetProperty("errorType").GetString());
        Assert.Contains("BILLING_RATES", root.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.Contains(root.GetProperty("stackTrace").EnumerateArray(), frame => frame.GetString()!.Contains("FunctionSettings.Parsed", StringComparison.Ordinal));
        JsonElement cause = root.GetProperty("cause");
        Assert.NotEmpty(cause.GetProperty("errorType").GetString()!);
        Assert.Contains("'x' is not a rate", cause.GetProperty("errorMessage").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(cause.GetProperty("stackTrace").EnumerateArray());
    }

    [Fact]
    public async Task A_start_from_a_snapshot_is_refused()
    {
        (FunctionInitException error, int exitCode, _) = await RunningFunction.FailToStartAsync("transactions", emulators.Environments(("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")));
        Assert.Contains("Turn SnapStart off", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }

    [Theory]
    [InlineData("256", 192)]
    [InlineData("1024", 768)]
    public async Task The_heap_may_take_three_quarters_of_the_functions_memory(string megabytes, int heap)
    {
        await using RunningFunction function = await RunningFunction.StartAsync("transactions", emulators.Environments(("TRANSACTIONS_TABLE", Emulators.NewName("table")), ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes)));
        Assert.Contains(function.Output, line => line.Contains($"Its heap is limited to {heap} MB", StringComparison.Ordinal));
    }

    private Started Start(ScriptedRuntime runtime, string handler, params (string Name, string? Value)[] settings)
    {
        ConcurrentQueue<string> output = new();
        return new Started(RunningFunction.Launch(handler, runtime.Address, emulators.Environments([("TRANSACTIONS_TABLE", Emulators.NewName("table")), .. settings]), output), output);
    }

    private sealed class Started(Process process, ConcurrentQueue<string> output) : IAsyncDisposable
    {
        public string Said => string.Join('\n', output);

        public bool Runs => !process.HasExited;

        public async Task<int> ExitCodeAsync()
        {
            await process.WaitForExitAsync(Token);
            return process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
