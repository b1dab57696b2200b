using System.Globalization;
using Billing.Simulation.Tests.Ledgers;
using Billing.Simulation.Tests.Schedules;

namespace Billing.Simulation.Tests.Runs;

/// <summary>Runs many seeds, and explains the ones that fail.</summary>
internal static class Campaign
{
    private const int MostFailures = 3;

    // Only says which schedule hangs.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(5);

    /// <summary>Runs schedules from a first seed on.</summary>
    /// <returns>An explanation of each of the first failures.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(int first, int count)
    {
        List<string> failures = [];
        for (int seed = first; seed < first + count && failures.Count < MostFailures; seed++)
        {
            Schedule schedule = ScheduleGenerator.Make(seed);
            if (await FailsAsync(schedule))
            {
                failures.Add(await ExplainAsync(schedule));
            }
        }

        return failures;
    }

    /// <summary>The first seed whose simulation fails on a ledger, or null.</summary>
    public static async Task<int?> FindAsync(int count, Func<TimeProvider, ILedger> make)
    {
        for (int seed = 0; seed < count; seed++)
        {
            if (await FailsAsync(ScheduleGenerator.Make(seed), make))
            {
                return seed;
            }
        }

        return null;
    }

    /// <summary>Says in as few steps as can be what goes wrong.</summary>
    public static async Task<string> ExplainAsync(Schedule schedule, Func<TimeProvider, ILedger>? make = null)
    {
        bool hangs = (await TryAsync(schedule, make)).Violation is TimeoutException;
        Schedule small = hangs ? schedule : await Shrinker.ShrinkAsync(schedule, smaller => FailsAsync(smaller, make));
        Outcome outcome = await TryAsync(small, make);
        string where = outcome.Step > small.Steps.Count ? "at the end" : string.Create(CultureInfo.InvariantCulture, $"after step {outcome.Step}");
        string sources = string.Concat(SourcesOf(small).Select(delivery => $"\n--- {delivery}\n{string.Join('\n', delivery.Rows.Select(row => row.Text))}"));
        string messages = string.Concat(small.Steps.OfType<QueueStep>().Select(queue => $"\n--- messages\n{string.Join('\n', queue.Messages.Select(message => message.Text))}"));
        return $"""

            {small}
            (reduced from {schedule.Steps.Count} steps) {where}: {outcome.Violation?.Message ?? "it failed once, and not again"}
            what came of each step:
              {string.Join("\n  ", outcome.Trace)}{sources}{messages}
            To run it alone: tests/nightly.sh 1 {schedule.Seed} 0
            {(outcome.Violation is ViolationException { InnerException: null } ? "" : outcome.Violation?.ToString())}
            """;
    }

    private static async Task<bool> FailsAsync(Schedule schedule, Func<TimeProvider, ILedger>? make = null) => (await TryAsync(schedule, make)).Violation is not null;

    private static async Task<Outcome> TryAsync(Schedule schedule, Func<TimeProvider, ILedger>? make)
    {
        try
        {
            return await Task.Run(() => Simulator.RunAsync(schedule, make)).WaitAsync(s_hang);
        }
        catch (TimeoutException e)
        {
            return new Outcome(e, 0, [], "");
        }
    }

    private static IEnumerable<ScheduledDelivery> SourcesOf(Schedule schedule) => schedule.Steps.SelectMany(step => step switch
    {
        IngestStep ingest => [ingest.ScheduledDelivery],
        TogetherStep together => [together.One.ScheduledDelivery, together.Other.ScheduledDelivery],
        DryRunStep dry => [dry.ScheduledDelivery],
        _ => Array.Empty<ScheduledDelivery>(),
    }).Distinct();
}
