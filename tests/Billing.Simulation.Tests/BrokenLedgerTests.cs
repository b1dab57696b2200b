using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Ledgers.Broken;
using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests;

/// <summary>The simulation finds ledgers that are broken the way real ones are, and says so in a few steps.</summary>
public sealed class BrokenLedgerTests
{
    private const int Seeds = 500;

    [Fact]
    public Task A_ledger_that_loses_a_row_after_the_commit_is_found() => IsFoundAsync(store => new LosingStore(store));

    [Fact]
    public Task A_ledger_that_doubles_a_row_is_found() => IsFoundAsync(store => new DoublingStore(store));

    [Fact]
    public Task A_ledger_that_swaps_amounts_is_found() => IsFoundAsync(store => new SwappingStore(store));

    [Fact]
    public Task A_ledger_that_forgets_an_ambiguous_commit_is_found() => IsFoundAsync(store => new ForgetfulStore(store));

    [Fact]
    public async Task A_schedule_that_fails_is_reduced_to_what_the_failure_needs()
    {
        int seed = (await Campaign.FindAsync(Seeds, Of(store => new ForgetfulStore(store))))!.Value;
        Schedule schedule = ScheduleGenerator.Make(seed);
        string text = await Campaign.ExplainAsync(schedule, Of(store => new ForgetfulStore(store)));
        Assert.Contains($"seed {seed}: ", text, StringComparison.Ordinal);
        Assert.Contains($"tests/nightly.sh 1 {seed} 0", text, StringComparison.Ordinal);
        Assert.Contains("\n  1. ", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"\n  {schedule.Steps.Count}. ", text, StringComparison.Ordinal);
    }

    private static async Task IsFoundAsync(Func<IMigratableStore, IMigratableStore> breaks) => Assert.NotNull(await Campaign.FindAsync(Seeds, Of(breaks)));

    private static Func<TimeProvider, ILedger> Of(Func<IMigratableStore, IMigratableStore> breaks) => time => new MemoryLedger(time, breaks);
}
