namespace Billing.Core.Tests.Runs;

/// <summary>A clock that stands still until it is told to go on; its timers are the system's.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2025, 6, 30, 12, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
