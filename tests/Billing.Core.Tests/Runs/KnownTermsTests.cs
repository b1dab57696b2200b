using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

/// <summary>A source is read wherever its rows could be anything but duplicates, or somebody needs them.</summary>
public sealed class KnownTermsTests
{
    private const string Header = "date,company,amount,currency\n";
    private const string Text = Header + "2025-06-01,Acme,10.00,CAD\n2025-06-02,Acme,2.00,CAD\n";
    private const string BigOnly = """{"rules": [{"name": "big", "require": {"amount": {"atLeast": 1}}}]}""";

    private readonly MemorySink _ledger = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Differences => ["layout", "header", "identity", "scope", "name", "bytes", "ledger", "options layout"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task What_differs_is_read(string what)
    {
        await Take(Pipeline());
        IngestOptions options = what switch
        {
            "layout" => new IngestOptions { Layout = SourceLayout.Default with { DefaultCurrency = "USD" } },
            "header" => new IngestOptions { Layout = SourceLayout.Default with { RepeatedHeaders = true } },
            "options layout" => new IngestOptions { Layout = SourceLayout.Default with { Identity = RecordIdentity.Position } },
            "identity" => new IngestOptions { Identity = RecordIdentity.Position },
            "scope" => new IngestOptions { Scope = "card" },
            _ => new IngestOptions(),
        };
        CountedSource source = new(what == "name" ? "july.csv" : "june.csv", what == "bytes" ? Text.Replace("10.00", "11.00", StringComparison.Ordinal) : Text);
        IngestReport report = await Pipeline(sinks: what == "ledger" ? new MemorySink() : _ledger).IngestAsync(source, options, Cancellation);

        Assert.Null(report.KnownFrom);
        Assert.True(source.IsRead);
        Assert.Equal(2, report.Stored.Rows + report.Duplicate.Rows);
    }

    [Fact]
    public async Task By_position_the_same_bytes_under_another_name_are_other_records()
    {
        IngestOptions options = new() { Identity = RecordIdentity.Position };
        await Take(Pipeline(), options: options);
        Assert.Equal(2, (await Take(Pipeline(), "july.csv", options: options)).Stored.Rows);
        Assert.NotNull((await Take(Pipeline(), "july.csv", options: options)).KnownFrom);
    }

    [Fact]
    public async Task Under_another_name_the_report_tells_where_the_duplicates_are_from_each_time()
    {
        await Take(Pipeline());
        IngestReport renamed = await Take(Pipeline(), "july.csv");
        IngestReport again = await Take(Pipeline(), "july.csv");
        Assert.Equal((null, renamed.RunId), (renamed.KnownFrom, again.KnownFrom));
        Assert.Equal([new DuplicateOrigin("june.csv", 2)], again.DuplicatesFromOtherSources);
        Assert.Contains("already from other sources (june.csv 2)", Assert.Single(again.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_left_rows_in_quarantine_is_read_until_all_its_rows_are_records()
    {
        string text = Text + "2025-06-03,Acme,1,MXN\n";
        Assert.Equal(1, (await Take(Pipeline(), text: text)).Quarantined.Rows);
        Assert.Equal(1, (await Take(Pipeline(), text: text)).Quarantined.Rows);

        IngestReport mended = await Take(Pipeline(rates: "CAD=0.75,MXN=0.05"), text: text);
        Assert.Equal((null, 1, 2), (mended.KnownFrom, mended.Stored.Rows, mended.Duplicate.Rows));
        Assert.Equal(mended.RunId, (await Take(Pipeline(rates: "CAD=0.75,MXN=0.05"), text: text)).KnownFrom);
    }

    [Fact]
    public async Task Rows_that_were_replayed_are_known_after_the_next_reading()
    {
        string text = Text + "2025-06-03,Acme,1,MXN\n";
        await Take(Pipeline(), text: text);
        IngestReport replay = Assert.Single(await Pipeline(rates: "CAD=0.75,MXN=0.05").ReplayAsync(new QuarantineQuery(), new IngestOptions(), Cancellation));
        Assert.Equal((1, null), (replay.Stored.Rows, replay.KnownFrom));

        IngestReport read = await Take(Pipeline(rates: "CAD=0.75,MXN=0.05"), text: text);
        Assert.Equal((null, 3), (read.KnownFrom, read.Duplicate.Rows));
        Assert.Equal(read.RunId, (await Take(Pipeline(), text: text)).KnownFrom);
    }

    [Fact]
    public async Task What_left_conflicts_is_read()
    {
        IngestOptions byId = new() { Identity = RecordIdentity.Columns("company") };
        for (int i = 0; i < 2; i++)
        {
            IngestReport report = await Take(Pipeline(), options: byId);
            Assert.Equal((null, 1), (report.KnownFrom, report.Conflict.Rows));

            // Dismissed or not.
            IReadOnlyList<QuarantinedRecord> open = (await _ledger.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items;
            await Pipeline().DismissQuarantineAsync([.. open.Select(row => row.Key)], "not ours", Cancellation);
        }
    }

    [Fact]
    public async Task A_run_that_failed_or_was_killed_vouches_for_nothing()
    {
        CancellationTokenSource stop = new();
        CountedSource cut = new("june.csv", Text) { OnRead = _ => stop.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pipeline().IngestAsync(cut, new IngestOptions(), stop.Token));
        Assert.Null((await Take(Pipeline())).KnownFrom);

        // Killed after it was remembered and before it was recorded as completed.
        IngestReport known = await Take(Pipeline());
        await _ledger.WriteRunAsync((await _ledger.FindRunAsync(known.KnownFrom!, Cancellation))! with { Status = RunStatus.Running }, Cancellation);
        Assert.Null((await Take(Pipeline())).KnownFrom);
    }

    [Fact]
    public async Task What_the_ledger_changed_since_is_read()
    {
        await Take(Pipeline());
        Assert.NotNull((await Take(Pipeline())).KnownFrom);
        BillingRecord record = (await _ledger.QueryAsync(new RecordQuery(), Cancellation)).Items[0];
        await _ledger.ReplaceAsync([new RecordMove(record, Some.Record(exactKey: Some.Key("elsewhere"), amount: record.Amount.Amount, source: "june.csv"))], Cancellation);

        IngestReport report = await Take(Pipeline());
        Assert.Equal((null, 1, 1), (report.KnownFrom, report.Stored.Rows, report.Duplicate.Rows));
    }

    [Fact]
    public async Task A_change_during_the_run_counts()
    {
        await Take(Pipeline(), "may.csv", Header + "2025-05-01,Acme,1,CAD\n");
        BillingRecord record = (await _ledger.QueryAsync(new RecordQuery(), Cancellation)).Items[0];
        CountedSource source = new("june.csv", Text) { OnRead = _ => MoveAsync(record).AsTask().GetAwaiter().GetResult() };
        await Pipeline().IngestAsync(source, Cancellation);
        Assert.Null((await Take(Pipeline())).KnownFrom);

        async ValueTask MoveAsync(BillingRecord from) => await _ledger.ReplaceAsync([new RecordMove(from, from)], Cancellation);
    }

    [Fact]
    public async Task With_followers_every_source_is_read_and_they_catch_up()
    {
        await Take(Pipeline());
        MemorySink follower = new();
        IngestReport report = await Take(Pipeline(sinks: [_ledger, follower]));
        Assert.Equal((null, 2), (report.KnownFrom, report.Duplicate.Rows));
        Assert.Equal(2, (await follower.QueryAsync(new RecordQuery(), Cancellation)).Items.Count);
        Assert.Null((await Take(Pipeline(sinks: [_ledger, follower]))).KnownFrom);
    }

    [Fact]
    public async Task Other_rates_and_categories_change_no_duplicate()
    {
        IngestReport first = await Take(Pipeline(rules: Category("a")));
        Assert.Equal(first.RunId, (await Take(Pipeline(rates: "CAD=0.80", rules: Category("b")))).KnownFrom);

        // What is stored keeps its rate, so no rate is needed.
        Assert.Equal(first.RunId, (await Take(Pipeline(rates: "MXN=0.05"))).KnownFrom);
    }

    [Fact]
    public async Task Another_requirement_is_asked()
    {
        await Take(Pipeline());
        IngestReport added = await Take(Pipeline(rules: CategoryRules.Parse(BigOnly)));
        Assert.Equal((null, 0), (added.KnownFrom, added.Quarantined.Rows));
        Assert.Equal(added.RunId, (await Take(Pipeline(rules: CategoryRules.Parse(BigOnly)))).KnownFrom);

        IngestReport changed = await Take(Pipeline(rules: CategoryRules.Parse(BigOnly.Replace("1}", "5}", StringComparison.Ordinal))));
        Assert.Equal((null, 1), (changed.KnownFrom, changed.Quarantined.Rows));
    }

    [Fact]
    public async Task A_requirement_is_asked_again_at_other_rates()
    {
        await Take(Pipeline(rules: CategoryRules.Parse(BigOnly)));
        IngestReport report = await Take(Pipeline(rates: "CAD=0.10", rules: CategoryRules.Parse(BigOnly)));
        Assert.Equal((null, 1), (report.KnownFrom, report.Quarantined.Rows));
    }

    [Fact]
    public async Task A_requirement_in_code_is_always_asked()
    {
        decimal least = 1;
        CategoryRules rules = CategoryRules.Create(CategoryRule.Require("big", record => record.Amount.Amount >= least));
        await Take(Pipeline(rules: rules));
        least = 5;
        IngestReport report = await Take(Pipeline(rules: rules));
        Assert.Equal((null, 1), (report.KnownFrom, report.Quarantined.Rows));
    }

    [Fact]
    public async Task A_source_whose_rows_may_correct_quarantined_ones_is_read()
    {
        await Take(Pipeline());
        await Take(Pipeline(), text: Text.Replace("2.00", "2x00", StringComparison.Ordinal));
        Assert.Single((await _ledger.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);

        Assert.Null((await Take(Pipeline())).KnownFrom);
        Assert.Empty((await _ledger.GetQuarantineAsync(new QuarantineQuery(), Cancellation)).Items);
        Assert.NotNull((await Take(Pipeline())).KnownFrom);
    }

    [Fact]
    public async Task Who_waits_for_each_row_is_told_of_each()
    {
        await Take(Pipeline());
        List<RowOutcome> told = [];
        Assert.Null((await Take(Pipeline(), options: new IngestOptions { RowDone = told.Add })).KnownFrom);
        Assert.Equal([RowOutcomeKind.Duplicate, RowOutcomeKind.Duplicate], told.Select(row => row.Kind));
    }

    [Fact]
    public async Task A_warning_of_rows_stored_again_is_not_repeated_when_none_are()
    {
        string text = "date,amount,currency,status\n2025-06-01,1,USD,open\n";
        await Take(Pipeline(), "may.csv", text, new IngestOptions { Layout = SourceLayout.Default with { Ignore = [] } });
        IngestOptions ignoring = new() { Layout = SourceLayout.Default with { Ignore = ["status"] } };
        Assert.Single((await Take(Pipeline(), text: text, options: ignoring)).Warnings);
        IngestReport second = await Take(Pipeline(), text: text, options: ignoring);
        Assert.Equal((null, 0), (second.KnownFrom, second.Warnings.Count));
        Assert.NotNull((await Take(Pipeline(), text: text, options: ignoring)).KnownFrom);
    }

    [Fact]
    public async Task A_ledger_of_another_reporting_currency_is_refused_as_ever()
    {
        await Take(Pipeline());
        await Assert.ThrowsAsync<BillingConfigurationException>(() => Take(Pipeline(currency: "EUR")));
    }

    private static CategoryRules Category(string name) => CategoryRules.Create(CategoryRule.When(name, _ => true).WithCategory(name));

    private static Task<IngestReport> Take(BillingPipeline pipeline, string name = "june.csv", string text = Text, IngestOptions? options = null) =>
        pipeline.IngestAsync(new CountedSource(name, text), options ?? new IngestOptions(), Cancellation);

    private BillingPipeline Pipeline(string rates = "CAD=0.75", CategoryRules? rules = null, string currency = "USD", params IBillingSink[] sinks) => new ServiceCollection()
        .AddBilling(billing =>
        {
            billing.UseReportingCurrency(currency).UseExchangeRates(FixedRates.Parse(rates, currency));
            if (rules is not null)
            {
                billing.AddCategoryRules(rules);
            }

            Array.ForEach(sinks.Length == 0 ? [_ledger] : sinks, sink => billing.AddSink(sink));
        })
        .BuildServiceProvider()
        .GetRequiredService<BillingPipeline>();
}
