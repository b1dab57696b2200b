namespace Billing.Hosting.Tests;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2025, 6, 30, 12, 0, 0, TimeSpan.Zero).AddTicks(_ticks);

    public void Advance(TimeSpan time) => _ticks += time.Ticks;
}
