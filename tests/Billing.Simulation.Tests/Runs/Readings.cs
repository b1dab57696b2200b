using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Reads the ledger in the ways that it can be read, which must agree.</summary>
internal sealed class Readings(World world)
{
    private static readonly SummaryBy[] s_groups = [SummaryBy.Month, SummaryBy.Category, SummaryBy.Party, SummaryBy.Currency, SummaryBy.Day];

    public async Task QueryAsync(QueryStep step)
    {
        BillingRecord[] all = await world.Store.QueryAllAsync(new RecordQuery { PageSize = 10_000 }).ToArrayAsync();
        BillingRecord[] paged = await world.Store.QueryAllAsync(new RecordQuery { PageSize = step.PageSize }).ToArrayAsync();
        ViolationException.ThrowUnless(all.Select(record => record.Key).SequenceEqual(paged.Select(record => record.Key)), "Pages hold other records than the whole.");
        IReadOnlyList<BillingRecord?> found = await world.Store.FindAllAsync([.. all.Select(record => record.Key)]);
        ViolationException.ThrowUnless(found.Zip(all).All(pair => pair.First is { } one && one.Key == pair.Second.Key && one.Amount == pair.Second.Amount), "Keys lead to other records.");
        foreach (SummaryBy by in s_groups)
        {
            IReadOnlyList<SummaryRow> rows = await world.Store.SummarizeAsync(by, new RecordQuery());
            ViolationException.ThrowUnless(
                rows.Aggregate(ControlTotals.Zero, (sum, row) => sum + row.Billed).Equals(Totals.Billed(all)),
                $"The summary by {by} has {rows.Aggregate(ControlTotals.Zero, (sum, row) => sum + row.Billed)}, the records {Totals.Billed(all)}.");
        }

        QuarantineQuery every = new() { IncludeResolved = true };
        QuarantinedRecord[] rowsOfAll = await world.Store.GetAllQuarantineAsync(every).ToArrayAsync();
        QuarantinedRecord[] rowsOfPages = await world.Store.GetAllQuarantineAsync(every with { PageSize = step.PageSize }).ToArrayAsync();
        ViolationException.ThrowUnless(rowsOfAll.Select(row => row.Key).SequenceEqual(rowsOfPages.Select(row => row.Key)), "Pages of the quarantine hold other rows than the whole.");
        world.Trace.Add($"{all.Length} records, {rowsOfAll.Length} quarantined rows");
    }

    public async Task VerifyAsync()
    {
        StoreFault[] faults = await new StoreVerification(world.Store).FindFaultsAsync().ToArrayAsync();
        StoreFault[] unexplained = [.. faults.Where(fault => fault.Kind != StoreFaultKind.RunTotals || !world.RemovedRuns.Contains(fault.RunId))];
        ViolationException.ThrowUnless(unexplained.Length == 0, $"The verification found: {string.Join("; ", unexplained.Select(fault => $"{fault.Kind}: {fault.Detail}"))}");
        world.Trace.Add($"{faults.Length} faults, all by hand");
    }

    public async Task MigrateAsync(MigrateStep step)
    {
        StoreMigrationReport report = await new StoreMigration(world.Store, new StoreMigrationOptions { IsDryRun = step.IsDryRun }).RunAsync();
        ViolationException.ThrowUnless(report.Changed == 0, $"A migration of a current ledger changed it: {report}");
        world.Trace.Add($"{report.Records} records, unchanged");
    }
}
