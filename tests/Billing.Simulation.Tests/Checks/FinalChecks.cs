using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Checks;

/// <summary>What must hold at the end: everything is delivered once more, without faults, and the ledger is as if nothing had ever gone wrong.</summary>
internal sealed class FinalChecks(World world)
{
    public async Task RunAsync()
    {
        world.RatesAreLate = true;
        await world.Ledger.RestartAsync();
        await SettleAsync(world);
        await DeliverAllAsync(world, isLast: true);
        await new Readings(world).QueryAsync(new QueryStep(3));
        await new Readings(world).VerifyAsync();
        BillingRecord[] records = await world.Store.QueryAllAsync(new RecordQuery()).ToArrayAsync();
        await KeysAsync(records);
        Count(records);
        await LikeUndisturbedAsync(records);
        await QuarantineAsync();
        await AlertsAsync(records);
        await FollowerAsync(records);
        await world.Ledger.RestartAsync();
        ViolationException.ThrowUnless(world.Ledger.FindDamage() is not { } damage, $"The files are damaged: {world.Ledger.FindDamage()}");
    }

    // What is delivered once again stores nothing, but closes what the first delivery could not close yet.
    private static Task SettleAsync(World world) => DeliverAllAsync(world, isLast: false);

    private static async Task DeliverAllAsync(World world, bool isLast)
    {
        Ingestions ingestions = new(world);
        foreach (ScheduledDelivery delivery in world.Delivered)
        {
            BillingRecord[] before = isLast ? await world.Store.QueryAllAsync(new RecordQuery()).ToArrayAsync() : [];
            await ingestions.IngestAsync(new IngestStep(delivery, 5, Arrival.Whole, Reread: isLast, RatesFail: false, Fault: null));
            ViolationException.ThrowUnless(
                !isLast || before.Length == (await world.Store.QueryAllAsync(new RecordQuery()).ToArrayAsync()).Length,
                $"{delivery} was stored, and storing it once more added rows.");
        }

        await new Queues(world).AgainAsync(world.Messages);
    }

    private async Task KeysAsync(BillingRecord[] records)
    {
        ExpectedKeys expected = await ExpectedKeys.OfAsync(world);
        HashSet<RecordKey> keys = [.. records.Select(record => record.Key)];
        RecordKey[] lost = [.. expected.Keys.Where(key => !keys.Contains(key))];
        ViolationException.ThrowUnless(lost.Length == 0, $"{lost.Length} records were delivered and are not in the ledger, such as {lost.FirstOrDefault()}.");
        BillingRecord? invented = Array.Find(records, record => !expected.Has(record));
        ViolationException.ThrowUnless(invented is null, $"The ledger has a record that no source has: {invented?.Key} of {invented?.Source}: {invented?.Amount}.");
    }

    // Counted from what the generator wrote, without the code under test.
    private void Count(BillingRecord[] records)
    {
        if (world.Schedule.Identity.Kind != RecordIdentityKind.Content)
        {
            return;
        }

        Dictionary<string, int> expected = new(StringComparer.Ordinal);
        foreach (ScheduledDelivery delivery in world.Delivered)
        {
            foreach (IGrouping<string, SourceRow> rows in delivery.Rows.Where(row => row.IsRecord(lateRates: true)).GroupBy(row => Contents.Of(delivery.Scope, row.Entry!), StringComparer.Ordinal))
            {
                expected[rows.Key] = Math.Max(expected.GetValueOrDefault(rows.Key), rows.Count());
            }
        }

        string[] wrong = [.. records
            .Where(record => record.Scope != QueueStep.Scope)
            .GroupBy(Contents.Of, StringComparer.Ordinal)
            .Where(group => !expected.Remove(group.Key, out int count) || count != group.Count())
            .Select(group => group.Key)];
        ViolationException.ThrowUnless(wrong.Length == 0, $"These are in the ledger more or less often than in any source: {string.Join("; ", wrong)}");
        ViolationException.ThrowUnless(expected.Count == 0, $"These are in a source and not in the ledger: {string.Join("; ", expected.Keys)}");
    }

    private async Task LikeUndisturbedAsync(BillingRecord[] records)
    {
        await using MemoryLedger calm = new(world.Time);
        World other = new(world.Schedule, calm, world.Time) { RatesAreLate = true };
        world.Delivered.ForEach(other.Deliver);
        other.Messages.AddRange(world.Messages);
        await SettleAsync(other);
        ExpectedKeys expected = await ExpectedKeys.OfAsync(world);
        string[] calmly = [.. await calm.Open(0).QueryAllAsync(new RecordQuery()).Where(record => !expected.IsContested(record.Key)).Select(Digests.Of).ToArrayAsync()];
        string[] here = [.. records.Where(record => !expected.IsContested(record.Key)).Select(Digests.Of)];
        ViolationException.ThrowUnless(
            calmly.SequenceEqual(here),
            $"An undisturbed ledger is another one. Only there:\n{string.Join('\n', calmly.Except(here))}\nonly here:\n{string.Join('\n', here.Except(calmly))}");
        HashSet<RecordKey> rows = [.. await world.Store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }).Select(row => row.Key).ToArrayAsync()];
        QuarantinedRecord[] lost = await calm.Open(0).GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true })
            .Where(row => row.Reason != QuarantineReason.Conflict && !rows.Contains(row.Key)).ToArrayAsync();
        ViolationException.ThrowUnless(lost.Length == 0, $"{lost.Length} quarantined rows of an undisturbed ledger are missing, such as {lost.FirstOrDefault()}");
    }

    private async Task QuarantineAsync()
    {
        QuarantinedRecord[] rows = await world.Store.GetAllQuarantineAsync(new QuarantineQuery { IncludeResolved = true }).ToArrayAsync();

        // Of equal rows, only as many take a later reason, such as a conflict or a rule, as came together last.
        QuarantinedRecord? waiting = Array.Find(rows, row => row.IsOpen && row.Reason == QuarantineReason.NoRate
            && !Array.Exists(rows, other => other.Reason != QuarantineReason.NoRate && other.RawText == row.RawText));
        ViolationException.ThrowUnless(waiting is null, $"A row whose rate has come, and whose source came again, still waits in quarantine: {waiting}");
        QuarantinedRecord? dismissed = Array.Find(rows, row => row.Dismissal is not null != world.Dismissed.Contains(row.Key));
        ViolationException.ThrowUnless(dismissed is null, $"A dismissal was forgotten, or came from nowhere: {dismissed}");

        // A bad row is closed only by a later delivery of its source that has corrected it.
        QuarantinedRecord? closed = Array.Find(rows, row => row.ResolvedByRunId is not null && world.Delivered.Count(delivery => delivery.Name == row.Source.Name) == 1
            && world.Delivered.Any(delivery => delivery.Rows.Any(bad => bad.Text == row.RawText) && delivery.Rows.All(bad => bad.Text != row.RawText || bad.Entry is null)));
        ViolationException.ThrowUnless(closed is null, $"A row that can never be a record was closed, and nothing corrected it: {closed}");
    }

    // What was removed from the ledger by hand may have come back as another record; the follower keeps the first.
    private async Task FollowerAsync(BillingRecord[] records)
    {
        if (world.Follower is not { } follower)
        {
            return;
        }

        BillingRecord[] followed = await follower.QueryAllAsync(new RecordQuery()).ToArrayAsync();
        ExpectedKeys expected = await ExpectedKeys.OfAsync(world);
        string[] there = [.. followed.Where(record => world.RemovedRuns.Count == 0 || !expected.IsContested(record.Key)).Select(Digests.Of)];
        string[] here = [.. records.Where(record => world.RemovedRuns.Count == 0 || !expected.IsContested(record.Key)).Select(Digests.Of)];
        ViolationException.ThrowUnless(
            here.SequenceEqual(there),
            $"The follower holds other records. Only there:\n{string.Join('\n', there.Except(here))}\nonly in the ledger:\n{string.Join('\n', here.Except(there))}");
    }

    private async Task AlertsAsync(BillingRecord[] records)
    {
        if (world.Store is not IAlertStore alerts)
        {
            return;
        }

        foreach (BillingRecord record in records)
        {
            int raised = (await alerts.GetAlertsAsync(record.Key)).Count;

            // A record that was removed by hand has raised its alerts, also where another content now has its key.
            ViolationException.ThrowUnless(raised == record.Alerts.Count || (raised > record.Alerts.Count && world.RemovedRuns.Count > 0), $"The record {record.Key} has {record.Alerts.Count} alerts, and the store keeps {raised}.");
        }
    }
}
