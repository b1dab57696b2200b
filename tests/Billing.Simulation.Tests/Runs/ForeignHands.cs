using System.Globalization;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>What other programs do to the records.</summary>
internal sealed class ForeignHands(World world)
{
    public async Task RemoveAsync(RemoveStep step)
    {
        if (await ChooseAsync(step.Place) is not { } record || !world.Ledger.Remove(record.Key))
        {
            world.Trace.Add("nothing to remove");
            return;
        }

        world.RemovedRuns.Add(record.RunId);
        world.Trace.Add($"removed {record.Key}");
        ViolationException.ThrowUnless(await world.Store.FindAsync(record.Key) is null, "A removed record is still found.");
    }

    public async Task EditAsync(EditStep step)
    {
        if (await ChooseAsync(step.Place) is not { } record || !world.Ledger.SetAmount(record.Key, "123456.5"))
        {
            world.Trace.Add("nothing to change");
            return;
        }

        StoreFault[] faults = await new StoreVerification(world.Store).FindFaultsAsync().ToArrayAsync();
        bool isFound = faults.Any(fault => fault.Kind == StoreFaultKind.Fingerprint && fault.Key == record.Key);
        world.Ledger.SetAmount(record.Key, record.Amount.Amount.ToString(CultureInfo.InvariantCulture));
        world.Trace.Add($"changed {record.Key}");
        ViolationException.ThrowUnless(isFound, "A changed amount was not found by a verification.");
    }

    private async Task<BillingRecord?> ChooseAsync(int place)
    {
        BillingRecord[] records = await world.Store.QueryAllAsync(new RecordQuery()).ToArrayAsync();
        return records.Length == 0 ? null : records[place % records.Length];
    }
}
