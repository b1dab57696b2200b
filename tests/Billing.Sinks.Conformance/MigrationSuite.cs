namespace Billing.Sinks.Conformance;

/// <summary>Tests that a store of an earlier version, once migrated, recognises all records that it holds.</summary>
public abstract class MigrationSuite<TStore> : StoreSuite<TStore>
    where TStore : IStoreUnderTest, new()
{
    private static readonly DateOnly s_day = new(2025, 6, 8);

    private static RecordAttributes None => RecordAttributes.Empty;

    // A bank file of May; one of June with the same weeks, an added column and another header; a file with balances; another account; rows with ids.
    private static readonly BillingRecord[][] s_deliveries =
    [
        [
            Row("run-1", "may.csv", 2, "A", -1m, None),
            Row("run-1", "may.csv", 3, "B", -2.50m, None, alerts: ["large"]),
            Row("run-1", "may.csv", 4, "Coffee", -4.50m, None),
            Row("run-1", "may.csv", 5, "Coffee", -4.50m, None),
        ],
        [
            Row("run-2", "june.csv", 2, "A", -1m, new RecordAttributes(["mandate"], [""])),
            Row("run-2", "june.csv", 3, "B", -2.50m, new RecordAttributes(["mandate"], [""])),
            Row("run-2", "june.csv", 4, "C", -3m, new RecordAttributes(["mandate"], ["M-1"]), day: 1),
        ],
        [
            Row("run-3", "balances.csv", 2, "Fee", -1m, new RecordAttributes(["Note", "Balance"], ["x", "99.00"]), day: 2),
            Row("run-3", "balances.csv", 3, "Fee", -1m, new RecordAttributes(["Note", "Balance"], ["x", "98.00"]), day: 2),
            Row("run-3", "balances.csv", 4, "Fee", -1m, new RecordAttributes(["Note", "Balance"], ["y", "97.00"]), day: 2),
        ],
        [
            Row("run-4", "card.csv", 2, "A", -1m, new RecordAttributes(["mandate"], [""]), scope: "card"),
            Row("run-4", "card.csv", 3, "A", -1m, None, scope: "card"),
        ],
        [
            Row("run-5", "ids.csv", 2, "A", -1m, new RecordAttributes(["mandate"], [""]), id: "T1"),
            Row("run-5", "ids.csv", 3, "A", -1m, None, id: "T2"),
        ],
    ];

    [Fact]
    public async Task Everything_that_is_delivered_again_is_a_duplicate()
    {
        await FillAsync();

        StoreMigrationReport report = await new StoreMigration(Store).RunAsync(Cancellation);

        Assert.Equal((14, 14, 5), (report.Records, report.Changed, report.Runs));
        await IsMigratedAsync();
    }

    [Fact]
    public async Task Records_of_other_runs_that_become_equal_are_listed_and_kept()
    {
        await FillAsync();

        StoreMigrationReport report = await new StoreMigration(Store).RunAsync(Cancellation);

        Assert.Equal(2, report.BecameEqualRecords);
        Assert.Equal(
            ["may.csv:2 june.csv:2", "may.csv:3 june.csv:3"],
            report.BecameEqual.Select(group => string.Join(' ', group.Select(record => $"{record.Source.Name}:{record.Source.Line}"))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        await FillAsync();
        List<BillingRecord> before = await ReadAllAsync(new RecordQuery());

        StoreMigrationReport report = await new StoreMigration(Store, new StoreMigrationOptions { IsDryRun = true }).RunAsync(Cancellation);

        Assert.Equal((14, 14, 5, 2), (report.Records, report.Changed, report.Runs, report.BecameEqualRecords));
        List<BillingRecord> after = await ReadAllAsync(new RecordQuery());
        Assert.Equal(before.Count, after.Count);
        Assert.All(before.Zip(after), pair => Same.Record(pair.First, pair.Second));
        Assert.All((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items, run => Assert.Equal(1, run.CanonicalForm));
    }

    [Fact]
    public async Task Killed_anywhere_and_run_again_it_comes_to_the_same()
    {
        await FillAsync();
        IMigratableStore store = Demand<IMigratableStore>(Store, nameof(MigrationSuite<>));
        int kills = 0;
        while (true)
        {
            // Before the first write, during it, after it, and so on with the rest.
            KilledMigration killed = new(store, kills % 3);
            try
            {
                await new StoreMigration(killed).RunAsync(Cancellation);
                break;
            }
            catch (KilledException)
            {
                kills++;
            }

            Assert.Equal(1, (await Store.GetRunsAsync(new PageRequest { PageSize = 1 }, Cancellation)).Items[0].CanonicalForm);
        }

        Assert.True(kills >= 8, $"Only {kills} kills, at least 8 are needed.");
        await IsMigratedAsync();
    }

    [Fact]
    public async Task A_second_migration_finds_nothing_to_do()
    {
        await FillAsync();
        await new StoreMigration(Store).RunAsync(Cancellation);

        StoreMigrationReport report = await new StoreMigration(Store).RunAsync(Cancellation);

        Assert.Equal((14, 0, 0, 0), (report.Records, report.Changed, report.Runs, report.BecameEqualRecords));
    }

    [Fact]
    public async Task Another_record_under_the_new_key_is_not_taken_for_one_that_was_moved()
    {
        BillingRecord[] stored = FormV1.Today([Row("run-1", "a.csv", 2, "A", -1m, None), Row("run-1", "a.csv", 3, "B", -1m, None)]);
        await WriteAsync(stored);
        IMigratableStore store = Demand<IMigratableStore>(Store, nameof(MigrationSuite<>));
        BillingRecord gone = FormV1.Today([Row("run-1", "a.csv", 4, "C", -1m, None)])[0];
        BillingRecord underTheOther = Some.Record(exactKey: stored[1].Key, party: "C", source: "a.csv", line: 4, runId: "run-1");

        // A record that no longer exists, and one that exists, each moved to a key that another record has.
        await Assert.ThrowsAsync<BillingException>(async () => await store.ReplaceAsync([new RecordMove(gone, underTheOther)], Cancellation));
        BillingRecord toTheOther = Some.Record(exactKey: stored[1].Key, party: "A", source: "a.csv", line: 2, runId: "run-1");
        await Assert.ThrowsAnyAsync<BillingException>(async () => await store.ReplaceAsync([new RecordMove(stored[0], toTheOther)], Cancellation));

        foreach (BillingRecord record in stored)
        {
            Same.Record(record, await Store.FindAsync(record.Key, Cancellation));
        }
    }

    [Fact]
    public async Task Other_ignored_columns_take_the_records_of_a_scope_along()
    {
        BillingRecord[] rows =
        [
            Row("run-1", "a.csv", 2, "A", -1m, new RecordAttributes(["status"], ["pending"]), scope: "giro"),
            Row("run-1", "a.csv", 3, "A", -1m, new RecordAttributes(["status"], ["pending"]), scope: "card"),
        ];
        await WriteAsync(FormV1.Today(rows));
        await Sink.WriteRunAsync(Some.Report("run-1"), Cancellation);

        StoreMigrationReport report = await new StoreMigration(Store, new StoreMigrationOptions { Ignore = ["Status"], Scope = "giro" }).RunAsync(Cancellation);

        Assert.Equal((1, 1, 0), (report.Records, report.Changed, report.Runs));
        BillingRecord posted = Row("run-2", "b.csv", 2, "A", -1m, new RecordAttributes(["status"], ["posted"], ["status"]), scope: "giro");
        Assert.Equal([WriteOutcomeKind.Duplicate, WriteOutcomeKind.Duplicate], (await WriteAsync([.. FormV1.Today([posted]), FormV1.Today(rows)[1]])).Select(outcome => outcome.Kind));
    }

    private static BillingRecord Row(string run, string source, long line, string party, decimal amount, RecordAttributes attributes, int day = 0, string? scope = null, string? id = null, IReadOnlyList<string>? alerts = null) =>
        Some.Record(id ?? "", amount: amount, date: s_day.AddDays(day), party: party, description: null, scope: scope, sourceId: id, attributes: attributes, source: source, line: line, runId: run, alerts: alerts);

    private async Task FillAsync()
    {
        foreach (BillingRecord[] delivery in s_deliveries)
        {
            Assert.All(await WriteAsync(FormV1.Of(delivery)), outcome => Assert.Equal(WriteOutcomeKind.Stored, outcome.Kind));
            await Sink.WriteRunAsync(Some.Report(delivery[0].RunId) with { CanonicalForm = 1 }, Cancellation);
        }
    }

    private async Task IsMigratedAsync()
    {
        List<BillingRecord> stored = await ReadAllAsync(new RecordQuery());
        Assert.Equal(14, stored.Count);
        Assert.Equal(s_deliveries.SelectMany(rows => rows).Sum(row => row.Amount.Amount), stored.Sum(record => record.Amount.Amount));
        foreach (BillingRecord was in s_deliveries.SelectMany(rows => FormV1.Of(rows)))
        {
            // Apart from the purpose of the migration, each record is unchanged, and is found under its new key.
            BillingRecord now = Assert.Single(stored, record => record.Source == was.Source);
            Assert.NotEqual(was.Fingerprint, now.Fingerprint);
            Assert.Equal(was.SourceId is null, was.Key != now.Key);
            Same.Record(now, await Store.FindAsync(now.Key, Cancellation));
            Assert.Equal((was.Party, was.Amount, was.RunId, was.Scope), (now.Party, now.Amount, now.RunId, now.Scope));
            Assert.Equal(was.Attributes.ToArray(), now.Attributes.ToArray());
            Assert.Equal(was.Attributes.Select(pair => pair.Key).Where(name => name == "Balance"), now.Attributes.Ignored);
            if (was.Key != now.Key)
            {
                Assert.Null(await Store.FindAsync(was.Key, Cancellation));
            }

            if (Store is IAlertStore alerts)
            {
                Assert.Equal(was.Alerts, (await alerts.GetAlertsAsync(now.Key, Cancellation)).Select(alert => alert.Rule));
            }
        }

        foreach (BillingRecord[] delivery in s_deliveries)
        {
            BillingRecord[] again = FormV1.Today(delivery.Select(row => row.Attributes.Any(pair => pair.Key == "Balance")
                ? Row(row.RunId, row.Source.Name, row.Source.Line, row.Party!, row.Amount.Amount, new RecordAttributes([.. row.Attributes.Select(pair => pair.Key)], [.. row.Attributes.Select(pair => pair.Value)], ["Balance"]), row.Date.DayNumber - s_day.DayNumber)
                : row));
            Assert.All(await WriteAsync(again), outcome => Assert.Equal(WriteOutcomeKind.Duplicate, outcome.Kind));
        }

        List<StoreFault> faults = [];
        await foreach (StoreFault fault in new StoreVerification(Store).FindFaultsAsync(Cancellation))
        {
            faults.Add(fault);
        }

        Assert.DoesNotContain(faults, fault => fault.Kind is StoreFaultKind.CanonicalForm or StoreFaultKind.Fingerprint or StoreFaultKind.KeyTwice);
        Assert.All((await Store.GetRunsAsync(new PageRequest(), Cancellation)).Items, run => Assert.Equal(2, run.CanonicalForm));
    }
}
