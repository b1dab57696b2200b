namespace Billing.Generators.Tests;

/// <summary>A clock that nobody waits for: a timer puts it forward to when it is due, and goes off.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks;

    public TimeSpan Now => new(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    /// <summary>Lets time pass, as work does.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pass(dueTime);
        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new WentOff();
    }

    private sealed class WentOff : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
