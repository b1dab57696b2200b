using System.Text;
using Billing.Web.Client.Host;
using Billing.Web.Client.Importing;
using Billing.Web.Contracts;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Billing.Web.Client.Tests;

/// <summary>A stream that is quiet is left alone while heartbeats come; one that died without a word is given up and taken up again.</summary>
public sealed class HeartbeatTests : ImportContext
{
    private const string Events = "GET /api/events";
    private const string Beat = "event: heartbeat\ndata:\n\n";
    private static readonly TimeSpan s_nearly = Heartbeat.LongestSilence - TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider _time = new();

    public HeartbeatTests() => Services.AddSingleton<TimeProvider>(_time);

    [Fact]
    public async Task Live_events_wait_as_long_as_heartbeats_come_and_are_taken_up_after_the_last_one_when_they_stop()
    {
        Connection connection = Services.GetRequiredService<Connection>();
        List<bool> states = [];
        connection.Changed += () => states.Add(connection.IsUp);
        using Stream first = Host.Open(Events);
        LiveEvents live = Services.GetRequiredService<LiveEvents>();
        List<string> changes = [];
        live.Changed += changes.Add;
        live.Start();
        await SayAsync(first, "id: 7\nevent: changed\ndata: {\"number\":7,\"what\":\"runs\"}\n\n");
        await UntilAsync(() => changes.Count == 1);
        for (int i = 0; i < 3; i++)
        {
            await SayAsync(first, Beat);
            _time.Advance(s_nearly);
        }

        Assert.Equal(1, Host.Count(Events));
        Assert.Empty(states);
        Assert.Equal(["runs"], changes);
        using Stream second = Host.Open(Events);
        _time.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => states is [false]);
        await StepUntilAsync(() => Host.Count(Events) == 2);
        await UntilAsync(() => states is [false, true]);
        Assert.Equal([null, "7"], Host.TakenUpAfter);
    }

    [Fact]
    public async Task A_host_that_takes_the_request_and_never_answers_is_given_up_too()
    {
        Connection connection = Services.GetRequiredService<Connection>();
        Host.HoldForever(Events);
        LiveEvents live = Services.GetRequiredService<LiveEvents>();
        live.Start();
        await UntilAsync(() => Host.Count(Events) == 1);
        _time.Advance(s_nearly);
        Assert.True(connection.IsUp);
        _time.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => !connection.IsUp);
    }

    [Fact]
    public async Task An_import_whose_step_takes_long_is_not_cut_off_while_heartbeats_come()
    {
        ImportFile file = await ComparedAsync();
        Host.Answer($"POST /api/uploads/{UploadId}/import", Import("running"), System.Net.HttpStatusCode.Accepted);
        Host.Answer("GET /api/imports/1", Import("running"));
        using Stream first = Host.Open("GET /api/imports/1/events");
        Task stored = Runs.StoreAsync(file);
        await SayAsync(first, Event("running"));
        await UntilAsync(() => Host.Count("GET /api/imports/1/events") == 1);
        for (int i = 0; i < 5; i++)
        {
            await SayAsync(first, Beat);
            _time.Advance(s_nearly);
        }

        Assert.False(file.IsCutOff);
        Assert.Equal((1, 0), (Host.Count("GET /api/imports/1/events"), Host.Count("GET /api/imports/1")));
        using Stream second = Host.Open("GET /api/imports/1/events");
        _time.Advance(TimeSpan.FromSeconds(2));
        await UntilAsync(() => file.IsCutOff);
        await SayAsync(second, Event("completed", runId: "r1"));
        await stored.WaitAsync(TimeSpan.FromSeconds(20), Xunit.TestContext.Current.CancellationToken);
        Assert.Equal("completed", file.Import!.State);
        Assert.False(file.IsCutOff);
    }

    // Written, and read by the page: only then may the clock go on.
    private static async Task SayAsync(Stream stream, string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Xunit.TestContext.Current.CancellationToken);
        await stream.FlushAsync(Xunit.TestContext.Current.CancellationToken);
        await Task.Delay(100, Xunit.TestContext.Current.CancellationToken);
    }

    private async Task StepUntilAsync(Func<bool> isTrue)
    {
        for (int i = 0; i < 200 && !isTrue(); i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20, Xunit.TestContext.Current.CancellationToken);
        }

        Assert.True(isTrue());
    }

    private static async Task UntilAsync(Func<bool> isTrue)
    {
        for (int i = 0; i < 500 && !isTrue(); i++)
        {
            await Task.Delay(20, Xunit.TestContext.Current.CancellationToken);
        }

        Assert.True(isTrue());
    }
}
