namespace Billing.Generators;

/// <summary>Holds back what is early, against a rate that counts from the first message.</summary>
/// <param name="perSecond">The rate, or null for as fast as it goes.</param>
/// <param name="time">The clock.</param>
public sealed class Pace(int? perSecond, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();

    /// <summary>Waits until the rate allows one more.</summary>
    /// <param name="before">How many went before.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task WaitAsync(long before, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // From the start, not from the one before: what was late is caught up.
        return perSecond is { } rate && new TimeSpan(TimeSpan.TicksPerSecond * before / rate) - time.GetElapsedTime(_started) is { Ticks: > 0 } early
            ? Task.Delay(early, time, cancellationToken)
            : Task.CompletedTask;
    }
}
