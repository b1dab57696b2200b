namespace Billing.EndToEnd.Tests;

/// <summary>Waits for what happens elsewhere.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    /// <summary>Waits until a value is as expected, and fails with the last value where it does not become so.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> value, Func<T, bool> isExpected)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        for (long start = Environment.TickCount64; ; await Task.Delay(TimeSpan.FromMilliseconds(100), token))
        {
            T now = await value();
            if (isExpected(now))
            {
                return now;
            }

            Assert.True(Environment.TickCount64 - start < s_patience.TotalMilliseconds, $"After {s_patience.TotalSeconds} seconds it is still {now}.");
        }
    }

    /// <summary>Waits until a queue holds nothing and nothing of it is under way.</summary>
    public static Task DrainedAsync(LocalEnvironment environment, string queue) => BecomesAsync(
        () => environment.Client.Queue(queue).GetCountsAsync(TestContext.Current.CancellationToken),
        counts => counts is { Waiting: 0, InFlight: 0, Delayed: 0 });
}
