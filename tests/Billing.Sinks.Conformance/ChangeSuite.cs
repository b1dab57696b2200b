namespace Billing.Sinks.Conformance;

/// <summary>Tests of what a record is after it was changed, taken out or put back. <see cref="AmendSuite{TStore}"/> is the suite to derive: it has these tests, too.</summary>
public abstract class ChangeSuite<TStore> : DocumentSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    [Fact]
    public async Task A_record_that_is_taken_out_is_found_nowhere_and_can_be_written_again()
    {
        BillingRecord record = Some.Record("1", amount: 5m, alerts: ["r", "s"]);
        BillingRecord other = Some.Record("2", amount: 7m, line: 3);
        await WriteAsync(record, other);
        await AmendAsync(Out(record));

        await HoldsAsync(other);
        Assert.Null(await Store.FindAsync(record.Key, Cancellation));
        Assert.Null((await Store.FindAllAsync([other.Key, record.Key], Cancellation))[1]);
        SummaryRow sum = Assert.Single(await Store.SummarizeAsync(SummaryBy.Party, new RecordQuery(), Cancellation));
        Assert.Equal((1, ExactSum.From(7m)), (sum.Billed.Rows, sum.Billed["USD"]));
        await TotalsAsync(record.RunId, 1, 7m);
        Assert.Equal("out", await TextOfAsync("out/" + record.Key));

        Assert.Equal([WriteOutcome.Stored], await WriteAsync(record));
        Assert.Equal([WriteOutcome.Duplicate("june.csv"), WriteOutcome.Duplicate("june.csv")], await WriteAsync(record, other));
        await HoldsAsync(record, other);
        await TotalsAsync(record.RunId, 2, 12m);
        await AlertsAsync(record);
    }

    [Fact]
    public async Task A_record_that_becomes_another_is_that_in_every_field()
    {
        BillingRecord from = Some.Record("every field", category: "old", scope: "old scope", flags: ["old flag"], alerts: ["r"]);
        BillingRecord to = EveryField.Record();
        await WriteAsync(from, Some.Record("2"));
        await AmendAsync(Changed(from, to));

        await HoldsAsync(to, Some.Record("2"));
        await FindsAsync(to, new RecordQuery { RunId = to.RunId }, new RecordQuery { Category = to.Category }, new RecordQuery { Flag = "weekend" }, new RecordQuery { SourceName = to.Source.Name }, new RecordQuery { SourceName = to.Source.Name, Line = 17 }, new RecordQuery { Scope = to.Scope }, new RecordQuery { To = to.Date }, new RecordQuery { Text = "account 7" }, new RecordQuery { Currency = "CAD" });
        foreach (RecordQuery old in (RecordQuery[])[new() { Category = "old" }, new() { Flag = "old flag" }, new() { Scope = "old scope" }, new() { SourceName = "june.csv", Line = 99 }])
        {
            Assert.Empty(await ReadAllAsync(old));
        }

        Assert.Equal([WriteOutcome.Conflict(to.Source.Name, to.Fingerprint), WriteOutcome.Duplicate(to.Source.Name)], await WriteAsync(from, to));
        await AmendAsync(new RecordAmendment(to, from, Document("back")));
        await HoldsAsync(from, Some.Record("2"));
    }

    [Theory]
    [MemberData(nameof(Values.Texts), MemberType = typeof(Values))]
    public async Task Texts_come_back_with_every_character(string text)
    {
        BillingRecord from = Some.Record("1");
        BillingRecord to = Some.Record("1", party: text, account: text, description: text, category: text, scope: text, sourceId: text, source: "s" + text, runId: "r" + text, flags: [text, "x"], alerts: ["y", text], attributes: new RecordAttributes(["null", text, "x" + text], [null, text, text], ["x" + text]));
        await WriteAsync(from);
        await AmendAsync(Changed(from, to));
        await HoldsAsync(to);
        await FindsAsync(to, new RecordQuery { RunId = "r" + text }, new RecordQuery { SourceName = "s" + text }, new RecordQuery { Category = text }, new RecordQuery { Flag = text });
        await AmendAsync(Out(to));
        await HoldsAsync();
    }

    [Fact]
    public async Task Amounts_rates_and_origins_are_those_of_the_new_record()
    {
        BillingRecord from = Some.Record("1", amount: 12.50m, currency: "EUR", reportingAmount: 13.75m, rate: Rate(1.1m), runId: "run-1");
        BillingRecord to = Some.Record("1", amount: 12.50m, currency: "EUR", reportingAmount: 15.000m, rate: Rate(1.2m), runId: "run-2", source: "july.csv", line: 9_000_000_000);
        await WriteAsync(from);
        await AmendAsync(Changed(from, to));
        await HoldsAsync(to);
        await TotalsAsync("run-1", 0, 0m);
        IngestReport run = Some.Report("run-2", "july.csv");
        RunTotals? totals = await Sink.TotalsOfRunAsync(run, Cancellation);
        Assert.Equal(UnderTest.TellsTotalsOfRuns ? (1, ExactSum.From(12.50m), ExactSum.From(15m)) : default((long, ExactSum, ExactSum)?), totals is null ? null : (totals.Stored.Rows, totals.Stored["EUR"], totals.StoredInReportingCurrency["USD"]));

        // Same source, other date: another place in the order.
        await WriteAsync(Some.Record("2"));
        BillingRecord later = Some.Record("1", amount: 1m, date: new DateOnly(2025, 6, 18), runId: "run-2", source: "july.csv");
        await AmendAsync(new RecordAmendment(to, later, Document("later")));
        await HoldsAsync(Some.Record("2"), later);
    }

    [Fact]
    public async Task A_record_is_put_back_without_its_alerts_twice()
    {
        BillingRecord record = Some.Record("1", category: "c", alerts: ["r", "s"]);
        await WriteAsync(record);
        await AmendAsync(Out(record));
        await AmendAsync(new RecordAmendment(null, record, Document("back")));
        await HoldsAsync(record);
        await AlertsAsync(record);
        Assert.Equal([WriteOutcome.Duplicate("june.csv")], await WriteAsync(record));

        BillingRecord never = Some.Record("2", source: "never.csv", runId: "run-7");
        await AmendAsync(new RecordAmendment(null, never, Document("new")));
        await HoldsAsync(record, never);
        Assert.Equal("", await TextOfAsync("new"));
    }

    [Fact]
    public async Task Records_whose_keys_begin_alike_are_told_apart()
    {
        BillingRecord[] records = [.. Enumerable.Range(0, 4).Select(i => WithCrowdedKey((byte)i, $"{i}"))];
        await WriteAsync(records);
        await AmendAsync(Out(records[0]), Out(records[2]));
        await HoldsAsync(records[1], records[3]);
        await AmendAsync(new RecordAmendment(null, records[2], Document("back")));
        await HoldsAsync(records[1], records[2], records[3]);
        Assert.Equal([WriteOutcomeKind.Stored, WriteOutcomeKind.Duplicate, WriteOutcomeKind.Duplicate, WriteOutcomeKind.Duplicate], (await WriteAsync(records)).Select(outcome => outcome.Kind));
        await HoldsAsync(records);
    }

    [Fact]
    public async Task A_record_stays_as_it_is_where_the_store_cannot_hold_what_it_becomes()
    {
        BillingRecord record = Some.Record("1", source: "july.csv", line: 31);
        BillingRecord other = Some.Record("2", line: 3);
        await WriteAsync(record, other);
        BillingRecord half = Some.Record("1", party: "half \uD800", source: "july.csv", line: 31);
        if ((await WriteAsync(Some.Record("probe", party: half.Party)))[0].Kind != WriteOutcomeKind.Refused)
        {
            return;
        }

        RecordAmendment whole = Out(other);
        BillingException error = await Assert.ThrowsAsync<BillingException>(async () => await Amendable.AmendAsync([whole, Changed(record, half)], Cancellation));
        Assert.Contains("july.csv, line 31", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("as it was read", error.Message, StringComparison.Ordinal);
        Assert.Null(await TextOfAsync("changed/" + record.Key));
        await AmendAsync(whole);
        await HoldsAsync(record);
    }

    /// <summary>Takes a record out.</summary>
    protected static RecordAmendment Out(BillingRecord record) => new(record, null, Document("out/" + record.Key, "out"));

    /// <summary>Makes another record of one.</summary>
    protected static RecordAmendment Changed(BillingRecord from, BillingRecord to) => new(from, to, Document("changed/" + from.Key));

    protected ValueTask AmendAsync(params RecordAmendment[] amendments) => Amendable.AmendAsync(amendments, Cancellation);

    /// <summary>Checks that the store holds these records and no others, in every field and in order, however they are found.</summary>
    protected async Task HoldsAsync(params BillingRecord[] records)
    {
        BillingRecord[] expected = [.. records.OrderBy(record => record.Date).ThenBy(record => record.Key)];
        List<BillingRecord> all = await ReadAllAsync(new RecordQuery { PageSize = 1_000 });
        Assert.Equal(expected.Select(record => record.Key), all.Select(record => record.Key));
        IReadOnlyList<BillingRecord?> found = await Other().FindAllAsync([.. expected.Select(record => record.Key)], Cancellation);
        for (int i = 0; i < expected.Length; i++)
        {
            Same.Record(expected[i], all[i]);
            Same.Record(expected[i], found[i]);
        }
    }

    private static ExchangeRate Rate(decimal rate) => new(Currency.Eur, Currency.Usd, rate, new DateOnly(2025, 6, 16), "fixed");

    private async Task FindsAsync(BillingRecord record, params RecordQuery[] queries)
    {
        foreach (RecordQuery query in queries)
        {
            Same.Record(record, Assert.Single(await ReadAllAsync(query)));
        }
    }

    private async Task TotalsAsync(string runId, long rows, decimal sum)
    {
        if (await Sink.TotalsOfRunAsync(Some.Report(runId), Cancellation) is { } totals)
        {
            Assert.Equal((rows, ExactSum.From(sum)), (totals.Stored.Rows, totals.Stored["USD"]));
        }
        else
        {
            Assert.False(UnderTest.TellsTotalsOfRuns);
        }
    }

    private async Task AlertsAsync(BillingRecord record)
    {
        if (Store is IAlertStore alerts)
        {
            Assert.Equal(record.Alerts, (await alerts.GetAlertsAsync(record.Key, Cancellation)).Select(alert => alert.Rule));
        }
    }
}
