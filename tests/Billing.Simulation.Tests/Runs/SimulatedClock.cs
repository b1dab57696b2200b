namespace Billing.Simulation.Tests.Runs;

/// <summary>A clock that stands, runs, jumps ahead and jumps back, as a seed decides. Its timers are the system's.</summary>
internal sealed class SimulatedClock(int seed) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private DateTimeOffset _now = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref _ticks);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            _now += _random.Next(10) switch
            {
                < 3 => TimeSpan.Zero,
                3 => TimeSpan.FromHours(_random.Next(48)),
                4 => TimeSpan.FromMinutes(-_random.Next(90)),
                _ => TimeSpan.FromMilliseconds(_random.Next(2000)),
            };
            return _now;
        }
    }
}
