namespace Billing.EndToEnd.Tests;

/// <summary>Waits for what happens elsewhere.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <summary>Waits until a value is as expected, and fails with the last value where it does not become so.</summary>
    public static Task<T> BecomesAsync<T>(Func<Task<T>> value, Func<T, bool> isExpected) => BecomesAsync(value, isExpected, left: _ => 0);

    /// <summary>Waits until a queue holds nothing and nothing of it is under way. As long as it becomes less, it may take its time: machines differ.</summary>
    public static Task DrainedAsync(LocalEnvironment environment, string queue) => BecomesAsync(
        () => environment.Client.Queue(queue).GetCountsAsync(TestContext.Current.CancellationToken),
        counts => counts is { Waiting: 0, InFlight: 0, Delayed: 0 },
        counts => counts.Waiting + counts.InFlight + counts.Delayed);

    private static async Task<T> BecomesAsync<T>(Func<Task<T>> value, Func<T, bool> isExpected, Func<T, long> left)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        long least = long.MaxValue;
        for (long since = Environment.TickCount64; ; await Task.Delay(TimeSpan.FromMilliseconds(100), token))
        {
            T now = await value();
            if (isExpected(now))
            {
                return now;
            }

            if (left(now) < least)
            {
                least = left(now);
                since = Environment.TickCount64;
            }

            Assert.True(Environment.TickCount64 - since < s_patience.TotalMilliseconds, $"Since {s_patience.TotalSeconds} seconds it is {now}.");
        }
    }
}
