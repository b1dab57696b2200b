using Billing.Simulation.Tests.Runs;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests;

/// <summary>Whatever goes wrong, every run balances, nothing is lost or doubled, and in the end the ledger is as if nothing had gone wrong.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_goes_wrong_no_row_and_no_cent_is_lost_or_doubled()
    {
        IReadOnlyList<string> failures = await Campaign.RunAsync(NightlySettings.FirstSeed, NightlySettings.Schedules);
        output.WriteLine($"{NightlySettings.Schedules} schedules from seed {NightlySettings.FirstSeed}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_schedule_and_the_same_outcome()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Schedule one = ScheduleGenerator.Make(seed);
            Schedule other = ScheduleGenerator.Make(seed);
            Assert.Equal(one.ToString(), other.ToString());
            Outcome first = await Simulator.RunAsync(one);
            Outcome second = await Simulator.RunAsync(other);
            Assert.Equal(first.Trace, second.Trace);
            Assert.Equal(first.Digest, second.Digest);
        }
    }
}
