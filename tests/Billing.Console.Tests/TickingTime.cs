namespace Billing.Console.Tests;

/// <summary>A clock that is a second later whenever it is looked at, from 30 June 2025, noon; no work takes time.</summary>
internal sealed class TickingTime : TimeProvider
{
    private long _ticks = -1;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2025, 6, 30, 12, 0, 0, TimeSpan.Zero).AddSeconds(Interlocked.Increment(ref _ticks));

    public override long GetTimestamp() => 0;
}
