using Billing.Simulation.Tests.Fuzzing;

namespace Billing.Simulation.Tests;

/// <summary>Whatever bytes others write, a reader takes them or says what is wrong with them: it never breaks, hangs, takes memory without bound or loses a row.</summary>
public sealed class FuzzTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_the_bytes_they_are_read_or_refused(string name)
    {
        FuzzTarget target = FuzzTargets.All.Single(target => target.Name == name);
        string? failure = await Fuzzer.FindAsync(target, NightlySettings.FirstSeed, NightlySettings.Inputs);
        Assert.True(failure is null, failure);
    }

    [Fact]
    public void The_same_seed_gives_the_same_input()
    {
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            for (int seed = 0; seed < 20; seed++)
            {
                Assert.Equal(Fuzzer.Input(target, seed), Fuzzer.Input(target, seed));
            }
        }
    }

    [Fact]
    public async Task A_reader_that_breaks_or_takes_too_much_is_found_and_its_input_reduced()
    {
        FuzzTarget breaks = new("breaks", Corpus.Csv, (input, _) => input.Contains((byte)0) ? throw new InvalidOperationException("A NUL.") : Task.CompletedTask);
        Assert.Contains("\n1 of ", await Fuzzer.FindAsync(breaks, 0, NightlySettings.Inputs + 400), StringComparison.Ordinal);

        FuzzTarget grows = new("grows", Corpus.Csv, (_, _) => Task.FromResult(Enumerable.Range(0, 20).Sum(_ => new byte[1 << 25].Length)));
        Assert.Contains(nameof(InsufficientMemoryException), await Fuzzer.FindAsync(grows, 0, 1), StringComparison.Ordinal);
    }
}
