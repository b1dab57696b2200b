namespace Billing.Sinks.Dynamo.Tests;

/// <summary>A clock that a test sets, and whose timers end then.</summary>
internal sealed class TimersTime : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(() => callback(state), dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : _now + dueTime);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time, bool timersEnd = true)
    {
        _now += time;
        foreach (Timer timer in _timers.Where(timer => timersEnd && timer.Due <= _now && !timer.IsDisposed))
        {
            timer.End();
        }
    }

    private sealed class Timer(Action end, DateTimeOffset due) : ITimer
    {
        public Action End => end;

        public DateTimeOffset Due => due;

        public bool IsDisposed { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
