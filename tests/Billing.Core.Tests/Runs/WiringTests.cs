using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Core.Tests.Runs;

public sealed class WiringTests
{
    private const string Text = "date,amount,currency\n2025-06-01,10,USD\n";

    [Fact]
    public void Without_a_sink_adding_fails_and_says_what_to_add()
    {
        BillingConfigurationException e = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(_ => { }));
        Assert.Contains("AddSqliteSink", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XXL", "ISO 4217")]
    [InlineData("XAU", "minor units")]
    public void A_reporting_currency_that_cannot_be_is_refused(string code, string because)
    {
        BillingConfigurationException e = Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing.UseReportingCurrency(code).AddSink(new MemorySink())));
        Assert.Contains(because, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixed_rates_that_do_not_lead_to_the_reporting_currency_are_refused()
    {
        static void Wire(string rates, string quote, string reporting) => new ServiceCollection().AddBilling(billing => billing
            .UseExchangeRates(FixedRates.Parse(rates, quote))
            .UseReportingCurrency(reporting)
            .AddSink(new MemorySink()));
        BillingConfigurationException e = Assert.Throws<BillingConfigurationException>(() => Wire("CAD=0.75", "USD", "EUR"));
        Assert.Contains("reports in EUR, but its fixed rates only cover CAD, USD", e.Message, StringComparison.Ordinal);
        Assert.Contains("quote: \"EUR\"", e.Message, StringComparison.Ordinal);
        Wire("CAD=0.75", "EUR", "EUR");
        Wire("EUR=1.08", "USD", "EUR");
    }

    [Fact]
    public async Task The_rates_of_the_application_are_those_of_a_pipeline_that_names_none()
    {
        MemorySink ledger = new();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IExchangeRates>(FixedRates.Parse("CAD=0.75"))
            .AddBilling(billing => billing.AddSink(ledger))
            .AddBilling("own", billing => billing.AddSink(new MemorySink()).UseExchangeRates(FixedRates.Parse("CAD=0.5")))
            .BuildServiceProvider();
        const string cad = "date,amount,currency\n2025-06-01,10,CAD\n";
        IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(BillingSource.Text("june.csv", cad), TestContext.Current.CancellationToken);
        Assert.Equal("7.5", report.StoredInReportingCurrency["USD"].ToString());
        report = await services.GetRequiredKeyedService<BillingPipeline>("own").IngestAsync(BillingSource.Text("june.csv", cad), TestContext.Current.CancellationToken);
        Assert.Equal("5", report.StoredInReportingCurrency["USD"].ToString());
    }

    [Fact]
    public async Task A_sink_of_the_services_is_theirs_to_dispose_and_one_that_a_factory_makes_is_the_pipelines()
    {
        DisposableSink shared = new();
        DisposableSink keyed = new();
        DisposableSink listed = new();
        DisposableSink made = new();
        ServiceProvider services = new ServiceCollection()
            .AddSingleton(_ => shared)
            .AddKeyedSingleton("keyed", (_, _) => keyed)
            .AddSingleton<IBillingSink>(_ => listed)
            .AddBilling(billing => billing
                .AddSink(provider => provider.GetRequiredService<DisposableSink>())
                .AddSink(provider => provider.GetRequiredKeyedService<DisposableSink>("keyed"))
                .AddSink(provider => provider.GetServices<IBillingSink>().Single())
                .AddSink(_ => made))
            .BuildServiceProvider();
        BillingPipeline pipeline = services.GetRequiredService<BillingPipeline>();
        await pipeline.DisposeAsync();
        Assert.Equal((0, 0, 0, 1), (shared.Disposed, keyed.Disposed, listed.Disposed, made.Disposed));
        await services.DisposeAsync();
        Assert.Equal((1, 1, 1), (shared.Disposed, keyed.Disposed, listed.Disposed));
    }

    [Fact]
    public async Task A_rule_that_asks_for_the_key_of_a_record_is_told_that_there_is_none_yet()
    {
        foreach (Func<BillingRecord, bool> asks in (Func<BillingRecord, bool>[])[record => record.Key == default, record => record.Occurrence == 1])
        {
            Ingest ingest = new(billing => billing.AddCategoryRules(CategoryRules.Create(CategoryRule.When("asks", asks).WithFlag("x"))));
            IngestFailedException e = await Assert.ThrowsAsync<IngestFailedException>(() => ingest.Text(Text));
            Assert.Contains("that has none yet", e.Message, StringComparison.Ordinal);
            Assert.Empty(await ingest.Records());
        }
    }

    [Fact]
    public void Attributes_do_not_follow_the_arrays_that_they_were_made_of()
    {
        string[] names = ["city"];
        string?[] values = ["León"];
        RecordAttributes attributes = new(names, values);
        names[0] = "town";
        values[0] = "Oslo";
        Assert.Equal("León", attributes["city"]);
        Assert.Throws<ArgumentException>(() => new RecordAttributes(["a"], []));
        Assert.Throws<ArgumentNullException>(() => new RecordAttributes(null!, []));
    }

    [Fact]
    public async Task An_id_that_comes_again_with_other_content_is_said_in_the_report()
    {
        const string header = "id,date,amount,currency\n";
        IngestReport report = await new Ingest().Text(header + "1,2025-06-01,10,USD\n2,2025-06-01,10,USD\n1,2025-06-01,11,USD\n2,2025-06-01,10,USD\n1,2025-06-01,12,USD\n");
        Assert.Equal(5, report.Stored.Rows);
        Assert.StartsWith("2 rows have the id of an earlier row but other content, first on line 4", Assert.Single(report.Warnings), StringComparison.Ordinal);
        Assert.Empty((await new Ingest().Text(header + "1,2025-06-01,10,USD\n1,2025-06-01,10,USD\n2,2025-06-01,10,USD\n")).Warnings);
        report = await new Ingest(billing => billing.UseIdentity(RecordIdentity.Columns("id"))).Text(header + "1,2025-06-01,10,USD\n1,2025-06-01,11,USD\n");
        Assert.Equal((1, 1), (report.Stored.Rows, report.Conflict.Rows));
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public void Two_rules_of_one_name_are_refused() =>
        Assert.Throws<BillingConfigurationException>(() => new ServiceCollection().AddBilling(billing => billing
            .AddSink(new MemorySink())
            .AddCategoryRules(CategoryRules.Create(CategoryRule.When("a", _ => true).WithFlag("x")))
            .AddCategoryRules(CategoryRules.Create(CategoryRule.When("a", _ => true).WithFlag("y")))));

    [Fact]
    public async Task Pipelines_live_side_by_side_under_names()
    {
        MemorySink first = new();
        MemorySink second = new();
        ServiceCollection services = new();
        services.AddBilling(billing => billing.AddSink(first));
        services.AddBilling("payments", billing => billing.AddSink(second));
        Assert.Throws<BillingConfigurationException>(() => services.AddBilling("payments", billing => billing.AddSink(second)));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<BillingPipeline>("payments").IngestAsync(BillingSource.Text("a.csv", Text), TestContext.Current.CancellationToken);

        Assert.Same(first, provider.GetRequiredService<IBillingStore>());
        Assert.Same(second, provider.GetRequiredKeyedService<IBillingStore>("payments"));
        Assert.Empty((await first.QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items);
        Assert.Single((await second.QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task Followers_get_what_the_ledger_holds_and_catch_up()
    {
        MemorySink ledger = new();
        MemorySink follower = new();
        static BillingPipeline pipeline(params IBillingSink[] sinks)
        {
            ServiceCollection services = new();
            services.AddBilling(billing => Array.ForEach(sinks, sink => billing.AddSink(sink)));
            return services.BuildServiceProvider().GetRequiredService<BillingPipeline>();
        }

        await pipeline(ledger).IngestAsync(BillingSource.Text("a.csv", Text), TestContext.Current.CancellationToken);
        IngestReport again = await pipeline(ledger, follower).IngestAsync(BillingSource.Text("a.csv", Text), TestContext.Current.CancellationToken);
        Assert.Equal(1, again.Duplicate.Rows);
        Assert.Single((await follower.QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items);
    }

    [Fact]
    public async Task A_follower_that_fails_ends_the_run_with_a_report_of_what_the_ledger_holds()
    {
        MemorySink ledger = new();
        FailingSink follower = new() { FailOnWrite = 2 };
        BillingPipeline pipeline = new ServiceCollection()
            .AddBilling(billing => billing.UseBatchSize(1).AddSink(ledger).AddSink(follower))
            .BuildServiceProvider()
            .GetRequiredService<BillingPipeline>();
        const string text = Text + "2025-06-02,20,USD\n2025-06-03,30,USD\n";

        IngestFailedException failed = await Assert.ThrowsAsync<IngestFailedException>(() => pipeline.IngestAsync(BillingSource.Text("a.csv", text), TestContext.Current.CancellationToken));

        Assert.Equal(2, (await ledger.QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items.Count);
        Assert.Equal(2, failed.Report.Stored.Rows);
        IngestReport again = await pipeline.IngestAsync(BillingSource.Text("a.csv", text), TestContext.Current.CancellationToken);
        Assert.Equal((2, 1), (again.Duplicate.Rows, again.Stored.Rows));
        Assert.Equal(3, (await follower.Inner.QueryAsync(new RecordQuery(), TestContext.Current.CancellationToken)).Items.Count);
    }

    [Fact]
    public async Task A_run_is_an_activity_and_counts_its_rows()
    {
        List<Activity> activities = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == BillingTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => { lock (activities) { activities.Add(activity); } },
        };
        ActivitySource.AddActivityListener(listener);
        long stored = 0;
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument, self) => { if (instrument.Meter.Name == BillingTelemetry.MeterName && instrument.Name == BillingTelemetry.RowsMetric) { self.EnableMeasurementEvents(instrument); } },
        };
        meters.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
            {
                if (tag is { Key: BillingTelemetry.OutcomeTag, Value: "stored" })
                {
                    Interlocked.Add(ref stored, value);
                }
            }
        });
        meters.Start();

        IngestReport report = await new Ingest().Text(Text);

        // Other tests run at the same time: this run's own activity is found by its id.
        Activity[] seen;
        lock (activities)
        {
            seen = [.. activities];
        }

        Activity own = Assert.Single(seen, activity => Equals(activity.GetTagItem(BillingTelemetry.RunIdTag), report.RunId));
        Assert.Equal(BillingTelemetry.IngestActivity, own.OperationName);
        Assert.True(Interlocked.Read(ref stored) >= 1);
    }

    [Fact]
    public async Task Progress_tells_bytes_and_totals_after_every_batch()
    {
        List<IngestProgress> seen = [];
        Ingest ingest = new(billing => billing.UseBatchSize(1));
        await ingest.Text("date,amount,currency\n2025-06-01,10,USD\n2025-06-02,10,USD\n", options: new IngestOptions { Progress = new Inline(seen.Add) });
        Assert.Equal([1, 2, 2], seen.Select(progress => progress.Report.Read.Rows));
        Assert.Equal(seen[^1].BytesTotal, seen[^1].BytesRead);
        Assert.Equal(RunStatus.Completed, seen[^1].Report.Status);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_at_all_stores_nothing_and_is_on_record_as_failed()
    {
        Ingest ingest = new();
        SourceFormatException e = await Assert.ThrowsAsync<SourceFormatException>(() => ingest.Text("name,city\nAcme,Oslo\n"));
        Assert.StartsWith("june.csv: ", e.Message, StringComparison.Ordinal);
        Assert.Empty(await ingest.Records());
        IngestReport run = Assert.Single((await ingest.Ledger.GetRunsAsync(new PageRequest(), TestContext.Current.CancellationToken)).Items);
        Assert.Equal(RunStatus.Failed, run.Status);
    }

    private sealed class DisposableSink : IBillingSink, IDisposable
    {
        public int Disposed { get; private set; }

        public string Name => "disposable";

        public ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken) => throw new NotSupportedException();

        public void Dispose() => Disposed++;
    }

    private sealed class Inline(Action<IngestProgress> report) : IProgress<IngestProgress>
    {
        public void Report(IngestProgress value) => report(value);
    }
}
