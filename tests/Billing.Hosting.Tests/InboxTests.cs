using Billing.Hosting.Inboxes;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Hosting.Tests;

public sealed class InboxTests
{
    private const string June = "date,amount,currency\n2025-06-01,10,USD\n2025-06-02,20,USD\n";

    private readonly string _folder = Some.Folder();
    private readonly HookedSink _sink = new();
    private readonly SteppedTime _time = new();
    private readonly ListLogger _log = new();
    private readonly InboxOptions _options;
    private readonly BillingPipeline _pipeline;
    private readonly Inbox _inbox;

    public InboxTests()
    {
        _options = new InboxOptions { Folder = _folder }.Checked();
        _pipeline = new ServiceCollection().AddBilling(billing => billing.AddSink(_sink)).BuildServiceProvider().GetRequiredService<BillingPipeline>();
        _inbox = new Inbox(_pipeline, _options, _time, _log);
        _inbox.Open();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_has_settled_is_taken_and_moved()
    {
        Put("june.csv", June);
        await LookAsync();
        Assert.Equal(["june.csv"], Waiting);

        _time.Advance(_options.Settling);
        await LookAsync();

        Assert.Empty(Waiting);
        Assert.Equal(["june.csv"], Names(_options.DoneFolder));
        IngestReport run = Assert.Single((await _sink.Inner.GetRunsAsync(new PageRequest(), Cancellation)).Items);
        Assert.Equal($"{run.RunId} june.csv", Path.GetFileName(Assert.Single(Directory.GetFiles(_options.DoneFolder))));
        Assert.Contains(_log.Lines, line => line.StartsWith($"Information: june.csv is in the ledger (run {run.RunId}): read 2 = stored 2 + ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_grows_is_left_alone()
    {
        string path = Put("june.csv", "date,amount,currency\n2025-06-01,1");
        for (int i = 0; i < 3; i++)
        {
            await LookAsync();
            _time.Advance(_options.Settling);
            await File.AppendAllTextAsync(path, i == 2 ? "0,USD\n" : "0", Cancellation);
        }

        await LookAsync();
        Assert.Equal(["june.csv"], Waiting);
        Assert.Empty((await _sink.Inner.GetRunsAsync(new PageRequest(), Cancellation)).Items);

        _time.Advance(_options.Settling);
        await LookAsync();
        Assert.Equal([1000m], await AmountsAsync());
    }

    [Fact]
    public async Task What_is_added_to_a_file_while_it_is_read_is_taken_later_and_nothing_twice()
    {
        string path = Put("june.csv", June);
        _sink.OnWrite = () =>
        {
            _sink.OnWrite = null;
            File.AppendAllText(path, "2025-06-03,30,USD\n");
        };
        await SettleAsync();
        Assert.Equal(["june.csv"], Waiting);
        Assert.Contains(_log.Lines, line => line.StartsWith("Warning: june.csv changed while run ", StringComparison.Ordinal));

        await SettleAsync();
        Assert.Equal([10m, 20m, 30m], await AmountsAsync());
        Assert.Equal(["june.csv"], Names(_options.DoneFolder));
    }

    [Fact]
    public async Task A_process_that_ended_before_it_moved_a_file_takes_it_again_and_stores_nothing_twice()
    {
        await _pipeline.IngestAsync(BillingSource.File(Put("june.csv", June)), Cancellation);
        await SettleAsync();
        Assert.Equal([10m, 20m], await AmountsAsync());
        Assert.Equal(["june.csv"], Names(_options.DoneFolder));
    }

    [Fact]
    public async Task A_host_that_stops_in_the_middle_of_a_file_leaves_it_and_tells_the_report()
    {
        List<IngestReport> told = [];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        BillingPipeline pipeline = new ServiceCollection()
            .AddBilling(billing => billing.AddSink(_sink).UseBatchSize(1).AddRunListener(told.Add))
            .BuildServiceProvider()
            .GetRequiredService<BillingPipeline>();
        Inbox inbox = new(pipeline, _options, _time, _log);
        Put("june.csv", June);
        await inbox.LookAsync(Cancellation);
        _time.Advance(_options.Settling);
        _sink.OnWrite = stop.Cancel;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => inbox.LookAsync(stop.Token));

        IngestReport report = Assert.Single(told);
        Assert.Equal(("june.csv", RunStatus.Failed, "Cancelled.", true), (report.Source, report.Status, report.Error, report.EndedEarly));
        Assert.Equal((await AmountsAsync()).Count(), report.Stored.Rows);
        Assert.Equal(["june.csv"], Waiting);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_put_aside_with_the_reason_and_the_others_are_taken()
    {
        Put("a.csv", "x,y\n1,2\n");
        Put("b.csv", June);
        await SettleAsync();
        Assert.Empty(Waiting);
        Assert.Equal(["a.csv", "a.csv.txt"], Names(_options.FailedFolder));
        Assert.Contains("a.csv", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_options.FailedFolder, "*.txt")), Cancellation), StringComparison.Ordinal);
        Assert.Equal(["b.csv"], Names(_options.DoneFolder));
    }

    [Fact]
    public async Task A_file_whose_running_balance_does_not_come_out_is_put_aside_and_nothing_of_it_is_stored()
    {
        BillingPipeline pipeline = new ServiceCollection()
            .AddBilling(billing => billing.AddSink(_sink).UseLayout(new SourceLayout { Balance = "balance" }))
            .BuildServiceProvider().GetRequiredService<BillingPipeline>();
        Inbox inbox = new(pipeline, _options, _time, _log);
        Put("june.csv", "date,amount,currency,balance\n2025-06-01,1,USD,101\n2025-06-02,2,USD,104\n");
        await inbox.LookAsync(Cancellation);
        _time.Advance(_options.Settling);
        await inbox.LookAsync(Cancellation);
        Assert.Equal(["june.csv", "june.csv.txt"], Names(_options.FailedFolder));
        Assert.Contains("stated 104, found 103, difference -1", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(_options.FailedFolder, "*.txt")), Cancellation), StringComparison.Ordinal);
        Assert.Empty(await AmountsAsync());
    }

    [Fact]
    public async Task Damaged_gzip_is_put_aside()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "june.csv.gz"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3], Cancellation);
        await SettleAsync();
        Assert.Equal(["june.csv.gz", "june.csv.gz.txt"], Names(_options.FailedFolder));
    }

    [Fact]
    public async Task A_store_that_fails_leaves_the_file_and_it_is_tried_again_after_a_pause_that_grows()
    {
        int writes = 0;
        _sink.OnWrite = () =>
        {
            writes++;
            throw new TimeoutException("The server does not answer.");
        };
        Put("june.csv", June);
        await SettleAsync();
        Assert.Equal((1, "june.csv"), (writes, Assert.Single(Waiting)));
        Assert.Contains(_log.Lines, line => line.StartsWith("Error: june.csv could not be ingested (attempt 1). It stays, and is tried again in 00:00:05;", StringComparison.Ordinal));

        await LookAsync();
        Assert.Equal(1, writes);
        _time.Advance(_options.Interval);
        await LookAsync();
        Assert.Equal(2, writes);
        _time.Advance(_options.Interval);
        await LookAsync();
        Assert.Equal(2, writes);

        _sink.OnWrite = null;
        _time.Advance(_options.Interval);
        await LookAsync();
        Assert.Equal([10m, 20m], await AmountsAsync());
        Assert.Equal(["june.csv"], Names(_options.DoneFolder));
    }

    [Fact]
    public async Task A_file_that_cannot_be_put_aside_stays_and_holds_up_no_other()
    {
        Directory.Delete(_options.FailedFolder);
        Put("a.csv", "x,y\n1,2\n");
        Put("b.csv", June);
        await SettleAsync();
        Assert.Equal(["a.csv"], Waiting);
        Assert.Equal(["b.csv"], Names(_options.DoneFolder));

        _inbox.Open();
        _time.Advance(_options.Interval);
        await LookAsync();
        Assert.Equal(["a.csv", "a.csv.txt"], Names(_options.FailedFolder));
    }

    [Fact]
    public async Task Two_files_of_one_name_are_both_kept()
    {
        Put("june.csv", June);
        await SettleAsync();
        Put("june.csv", "date,amount,currency\n2025-06-03,30,USD\n");
        await SettleAsync();
        Assert.Equal(["june.csv", "june.csv"], Names(_options.DoneFolder));
        Assert.Equal([10m, 20m, 30m], await AmountsAsync());
    }

    [Fact]
    public async Task A_file_that_somebody_else_moves_away_meanwhile_is_theirs()
    {
        Put("b.csv", June);
        Put("a.csv", June);
        await LookAsync();
        _time.Advance(_options.Settling);
        _sink.OnWrite = () => File.Delete(Path.Combine(_folder, "b.csv"));
        await LookAsync();
        Assert.Contains("Information: b.csv is gone: another process has taken or moved it.", _log.Lines);
        Assert.Empty(Waiting);
    }

    [Theory]
    [InlineData(".june.csv", false)]
    [InlineData("june.csv.part", false)]
    [InlineData("june.txt", false)]
    [InlineData("JUNE.CSV", true)]
    [InlineData("june.csv.gz", true)]
    [InlineData("june.jsonl", true)]
    public async Task Only_names_of_the_pattern_are_taken(string name, bool isTaken)
    {
        Put(name, name.EndsWith("jsonl", StringComparison.Ordinal) ? """{"date":"2025-06-01","amount":1,"currency":"USD"}""" : June);
        await SettleAsync();
        Assert.Equal(isTaken ? [name] : [], Names(_options.DoneFolder));
    }

    private IEnumerable<string> Waiting => Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)!);

    // A moved file has the id of its run before its name.
    private static IEnumerable<string> Names(string folder) => Directory.GetFiles(folder).Select(path => Path.GetFileName(path).Split(' ', 2)[1]).Order(StringComparer.Ordinal);

    private string Put(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task LookAsync() => _inbox.LookAsync(Cancellation);

    private async Task SettleAsync()
    {
        await LookAsync();
        _time.Advance(_options.Settling);
        await LookAsync();
    }

    private async Task<IEnumerable<decimal>> AmountsAsync() => (await _sink.Inner.QueryAsync(new RecordQuery(), Cancellation)).Items.Select(record => record.Amount.Amount);
}
