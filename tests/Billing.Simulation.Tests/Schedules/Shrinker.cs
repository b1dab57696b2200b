namespace Billing.Simulation.Tests.Schedules;

/// <summary>Leaves out steps and faults of a schedule as long as it still fails.</summary>
internal static class Shrinker
{
    public static async Task<Schedule> ShrinkAsync(Schedule schedule, Func<Schedule, Task<bool>> fails)
    {
        bool isSmaller = true;
        while (isSmaller)
        {
            isSmaller = false;
            foreach (Schedule smaller in Smaller(schedule))
            {
                if (await fails(smaller))
                {
                    (schedule, isSmaller) = (smaller, true);
                    break;
                }
            }
        }

        return schedule;
    }

    private static IEnumerable<Schedule> Smaller(Schedule schedule)
    {
        Step[] steps = [.. schedule.Steps];
        for (int i = steps.Length - 1; i >= 0; i--)
        {
            yield return schedule with { Steps = [.. steps[..i], .. steps[(i + 1)..]] };
        }

        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i] is TogetherStep together)
            {
                yield return schedule with { Steps = [.. steps[..i], together.One, together.Other, .. steps[(i + 1)..]] };
            }

            if (steps[i].WithoutFaults() is { } calm)
            {
                yield return schedule with { Steps = [.. steps[..i], calm, .. steps[(i + 1)..]] };
            }
        }
    }
}
