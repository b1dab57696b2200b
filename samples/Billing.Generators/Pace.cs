namespace Billing.Generators;

/// <summary>Delays messages to keep a rate, counted from the first message.</summary>
/// <param name="perSecond">The rate per second, or null for no limit.</param>
/// <param name="time">The clock.</param>
public sealed class Pace(int? perSecond, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Waits until the rate allows one more message.</summary>
    /// <param name="before">The number of messages before this one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task WaitAsync(long before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Counted from the start, not from the previous message, so that delays are made up for.
        return perSecond is { } rate && new TimeSpan(TimeSpan.TicksPerSecond * before / rate) - time.GetElapsedTime(_started) is { Ticks: > 0 } early
            ? Task.Delay(early, time, cancellationToken)
            : Task.CompletedTask;
    }
}
