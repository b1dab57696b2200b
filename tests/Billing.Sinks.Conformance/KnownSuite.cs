namespace Billing.Sinks.Conformance;

/// <summary>Tests of what a store remembers of sources that runs took whole: it never says so of a run that is not completed, or after a record was removed or changed.</summary>
public abstract class KnownSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private static readonly string s_terms = new('a', 64);
    private static readonly string s_others = new('b', 64);

    private IKnownSources Known => Demand<IKnownSources>(Store, nameof(KnownSuite<>));

    [Fact]
    public async Task A_run_is_known_by_its_terms_and_by_no_others()
    {
        Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));
        await TakeAsync("run-1");

        IngestReport? run = await Known.FindKnownRunAsync(s_terms, Cancellation);
        Assert.Equal(("run-1", RunStatus.Completed), (run?.RunId, run?.Status));
        Assert.Null(await Known.FindKnownRunAsync(s_others, Cancellation));
        Assert.Null(await Known.FindKnownRunAsync("", Cancellation));
    }

    [Fact]
    public async Task Another_connection_knows_it_too()
    {
        await TakeAsync("run-1");
        IKnownSources other = Demand<IKnownSources>(UnderTest.Connect(), nameof(KnownSuite<>));
        Assert.Equal("run-1", (await other.FindKnownRunAsync(s_terms, Cancellation))?.RunId);
        Assert.Equal(await Known.GetMarkAsync(Cancellation), await other.GetMarkAsync(Cancellation));
    }

    [Fact]
    public async Task The_latest_run_of_the_same_terms_counts()
    {
        await TakeAsync("run-2");
        await TakeAsync("run-1");
        Assert.Equal("run-1", (await Known.FindKnownRunAsync(s_terms, Cancellation))?.RunId);
    }

    [Theory]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Failed)]
    public async Task A_run_that_is_not_completed_is_not_known(RunStatus status)
    {
        string mark = await Known.GetMarkAsync(Cancellation);
        await Known.RememberAsync(s_terms, "run-1", mark, Cancellation);
        Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));

        await Sink.WriteRunAsync(Some.Report("run-1") with { Status = status }, Cancellation);
        Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));

        await Sink.WriteRunAsync(Some.Report("run-1") with { Status = RunStatus.Completed }, Cancellation);
        Assert.NotNull(await Known.FindKnownRunAsync(s_terms, Cancellation));
    }

    [Fact]
    public async Task A_run_that_nobody_remembered_is_not_known()
    {
        // A copy of a store writes runs that never ran there.
        await Sink.WriteRunAsync(Some.Report("run-1") with { Status = RunStatus.Completed }, Cancellation);
        Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));
    }

    [Fact]
    public async Task New_records_duplicates_conflicts_quarantine_and_runs_change_nothing()
    {
        await TakeAsync("run-1");
        string mark = await Known.GetMarkAsync(Cancellation);
        await WriteAsync(Some.Record("2"), Some.Record("1"), Some.Record("1", content: "other"));
        await Sink.WriteQuarantineAsync([Some.Quarantined()], Cancellation);
        await Store.ResolveQuarantineAsync([Some.Quarantined().Key], "run-2", Cancellation);
        await Sink.WriteRunAsync(Some.Report("run-2") with { Status = RunStatus.Completed }, Cancellation);

        Assert.Equal(mark, await Known.GetMarkAsync(Cancellation));
        Assert.Equal("run-1", (await Known.FindKnownRunAsync(s_terms, Cancellation))?.RunId);
    }

    [Fact]
    public async Task After_a_record_was_removed_nothing_is_known_until_it_is_remembered_again()
    {
        await WriteAsync(Some.Record("1"), Some.Record("2"));
        await TakeAsync("run-1");
        string before = await Known.GetMarkAsync(Cancellation);

        // Where nobody can remove anything, there is nothing to show.
        if (await UnderTest.RemoveAsync(Some.Key("2")))
        {
            await IsForgottenAsync(before);
            await WriteAsync(Some.Record("2"));
            Assert.NotEqual(before, await Known.GetMarkAsync(Cancellation));
            Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));
            await TakeAsync("run-2");
            Assert.Equal("run-2", (await Known.FindKnownRunAsync(s_terms, Cancellation))?.RunId);
        }
    }

    [Fact]
    public async Task After_a_record_got_another_key_or_fingerprint_nothing_is_known()
    {
        if (Store is not IMigratableStore store)
        {
            return;
        }

        BillingRecord record = Some.Record("1");
        BillingRecord moved = Some.Record("2");
        BillingRecord changed = Some.Record("2", content: "other");
        await WriteAsync(record);
        await TakeAsync("run-1");
        foreach (RecordMove move in (RecordMove[])[new RecordMove(record, moved), new RecordMove(moved, changed)])
        {
            string before = await Known.GetMarkAsync(Cancellation);
            await store.ReplaceAsync([move], Cancellation);
            await IsForgottenAsync(before);
            await TakeAsync("run-2");
        }
    }

    // What was removed while a run read is not vouched for by it either.
    private async Task IsForgottenAsync(string before)
    {
        Assert.NotEqual(before, await Known.GetMarkAsync(Cancellation));
        Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));
        await Known.RememberAsync(s_terms, "run-1", before, Cancellation);
        Assert.Null(await Known.FindKnownRunAsync(s_terms, Cancellation));
    }

    private async Task TakeAsync(string runId)
    {
        string mark = await Known.GetMarkAsync(Cancellation);
        await Sink.WriteRunAsync(Some.Report(runId), Cancellation);
        await WriteAsync(Some.Record("1"));
        await Known.RememberAsync(s_terms, runId, mark, Cancellation);
        await Sink.WriteRunAsync(Some.Report(runId) with { Status = RunStatus.Completed }, Cancellation);
    }
}
