using Billing.Sinks.Sqlite;

namespace Billing.Console.Tests.EndToEnd;

/// <summary>A run or an entry is taken back, and the command says what that did.</summary>
public sealed class RevertTests
{
    [Fact]
    public async Task A_run_is_taken_back_and_its_source_can_be_ingested_again()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run run = await months.BillingAsync("revert", months.JuneRun, "--reason", "the wrong month");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("revert-june.txt", run.Out);
        Assert.Equal("Acme 10.00, Bakery 5.50", await months.RecordsAsync());
        Assert.Equal(0, (await months.JsonAsync("quarantine")).Json.GetProperty("quarantine").GetArrayLength());

        await months.IngestAsync("june.csv", "2025-06-02,Acme,21.00,EUR\n");
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 21.00", await months.RecordsAsync());
    }

    [Fact]
    public async Task What_another_run_delivered_too_stays_as_its()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run run = await months.JsonAsync("revert", months.MayRun);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        months.Place.Check("revert-may.json", run.Out);
        Assert.Equal("Bakery 5.50, Acme 20.00, Cafe 7.25", await months.RecordsAsync());
        Assert.Equal("june.csv", (await months.JsonAsync("records --party Bakery")).Json.GetProperty("records")[0].GetProperty("source").GetProperty("name").GetString());

        using TwoMonths again = await TwoMonths.CreateAsync();
        again.Place.Check("revert-may.txt", (await again.BillingAsync("revert", again.MayRun)).Out);
    }

    [Fact]
    public async Task A_replay_is_taken_back_with_the_run_whose_rows_it_tried()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run replay = await months.BillingAsync("quarantine replay --rates EUR=1.10,CAD=0.75");
        Assert.Equal((0, ""), (replay.ExitCode, replay.Error));
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 20.00, Cafe 7.25, Nobody 1.00", await months.RecordsAsync());
        Run run = await months.BillingAsync("revert", months.JuneRun);
        months.Place.Check("revert-replay.txt", run.Out);
        Assert.Equal("Acme 10.00, Bakery 5.50", await months.RecordsAsync());
    }

    [Fact]
    public async Task The_replay_alone_is_taken_back_and_its_rows_are_open_again()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        Run replay = await months.JsonAsync("quarantine replay --rates EUR=1.10,CAD=0.75");
        Run run = await months.BillingAsync("revert", replay.Json.GetProperty("sources")[0].GetProperty("runId").GetString()!);
        Assert.Contains("quarantine: 0 rows closed, 1 opened again", run.Out, StringComparison.Ordinal);
        Assert.Contains("Its rows are in quarantine again", run.Out, StringComparison.Ordinal);
        Assert.Equal(1, (await months.JsonAsync("quarantine")).Json.GetProperty("quarantine").GetArrayLength());
    }

    [Fact]
    public async Task What_cannot_be_taken_back_is_a_failure_that_says_why()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string entry = await months.RevertAsync(months.JuneRun);
        foreach ((string id, string why) in ((string, string)[])
        [
            ("nobody", "has no run and no entry with the id nobody. billing runs lists the runs, and billing entries the entries."),
            ("né:1", "has no run and no entry with the id né:1."),
            (months.JuneRun, $"Run {months.JuneRun} of june.csv was taken back before, by entry {entry}."),
            (entry, "takes something back and cannot be taken back itself. Ingest the source again: it is stored again."),
        ])
        {
            Run run = await months.JsonAsync("revert", id);
            Assert.Equal(ExitCode.Failed, run.ExitCode);
            Assert.Contains(why, run.Json.GetProperty("error").GetString()!, StringComparison.Ordinal);
        }

        Assert.Equal("Acme 10.00, Bakery 5.50", await months.RecordsAsync());
    }

    [Fact]
    public async Task A_run_that_is_listed_as_running_is_taken_back_only_where_somebody_says_that_it_was_interrupted()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        await using (SqliteSink sink = new($"Data Source={months.Store["sqlite:".Length..]}"))
        {
            IngestReport june = (await sink.FindRunAsync(months.JuneRun, TestContext.Current.CancellationToken))!;
            await sink.WriteRunAsync(june with { Status = RunStatus.Running }, TestContext.Current.CancellationToken);
        }

        Run refused = await months.BillingAsync("revert", months.JuneRun);
        Assert.Equal((ExitCode.Failed, ""), (refused.ExitCode, refused.Out));
        Assert.Contains("billing revert --interrupted", refused.Error.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(0, (await months.BillingAsync("revert --interrupted", months.JuneRun)).ExitCode);
        Assert.Equal("Acme 10.00, Bakery 5.50", await months.RecordsAsync());
    }

    [Fact]
    public async Task Entries_are_listed_with_what_they_changed()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        await months.RevertAsync(months.JuneRun, "--reason", "the wrong month");
        string last = await months.RevertAsync(months.MayRun);
        months.Place.Check("entries.txt", (await months.BillingAsync("entries")).Out);
        months.Place.Check("entries.json", (await months.JsonAsync("entries")).Out);
        months.Place.Check("entries-changes.txt", (await months.BillingAsync("entries", last)).Out);
        months.Place.Check("entries-changes.json", (await months.JsonAsync("entries", last)).Out);
        months.Place.Check("entries-runs.txt", (await months.BillingAsync("runs")).Out);

        Run first = await months.JsonAsync("entries --page-size 1");
        string token = first.Json.GetProperty("continuationToken").GetString()!;
        Run second = await months.JsonAsync("entries --page-size 1 --token", token);
        Assert.Equal(last, first.Json.GetProperty("entries")[0].GetProperty("id").GetString());
        Assert.Equal(months.JuneRun, second.Json.GetProperty("entries")[0].GetProperty("of").GetString());
        Run wrong = await months.BillingAsync("entries --token nonsense");
        Assert.Equal((ExitCode.Usage, ""), (wrong.ExitCode, wrong.Out));
        Run unknown = await months.BillingAsync("entries nobody");
        Assert.Equal((ExitCode.Failed, ""), (unknown.ExitCode, unknown.Out));
        Assert.Contains("has no entry and no run with the id nobody", unknown.Error.Replace("\n", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_and_changes_go_to_CSV()
    {
        using TwoMonths months = await TwoMonths.CreateAsync();
        string entry = await months.RevertAsync(months.MayRun, "--reason", "=1+1");
        await months.BillingAsync("entries --csv", months.Place.PathTo("entries.csv"));
        await months.BillingAsync("entries --csv", months.Place.PathTo("changes.csv"), entry);
        months.Place.Check("entries.csv", await File.ReadAllTextAsync(months.Place.PathTo("entries.csv"), TestContext.Current.CancellationToken));
        months.Place.Check("entries-changes.csv", await File.ReadAllTextAsync(months.Place.PathTo("changes.csv"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(StoreKinds.MySql)]
    [InlineData(StoreKinds.Dynamo)]
    [InlineData(StoreKinds.Postgres)]
    public async Task Every_store_takes_back_removes_and_shows_what_was(string kind)
    {
        using TwoMonths months = await TwoMonths.CreateAsync(kind);
        string removal = (await months.JsonAsync("remove june.csv:4 --reason test")).Json.GetProperty("entry").GetProperty("id").GetString()!;
        await months.RevertAsync(months.MayRun);
        Assert.Equal("Bakery 5.50, Acme 20.00", await months.RecordsAsync());
        Assert.Equal("Acme 10.00, Bakery 5.50, Acme 20.00, Cafe 7.25", await months.RecordsAsync("--as-of", months.JuneRun));
        await months.RevertAsync(removal);
        Assert.Equal("Bakery 5.50, Acme 20.00, Cafe 7.25", await months.RecordsAsync());
        Assert.Equal(3, (await months.JsonAsync("entries")).Json.GetProperty("entries").GetArrayLength());
    }
}
