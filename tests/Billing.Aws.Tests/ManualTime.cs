namespace Billing.Aws.Tests;

/// <summary>A clock that stands still, and whose timers a test fires.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(() => callback(state), dueTime);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Fires the timer that is due last.</summary>
    public void FireLast()
    {
        ManualTimer last;
        lock (_lock)
        {
            last = _timers.MaxBy(timer => timer.Due)!;
        }

        last.Fire();
    }

    private sealed class ManualTimer(Action fire, TimeSpan due) : ITimer
    {
        private Action? _fire = fire;

        public TimeSpan Due => due;

        public void Fire() => Volatile.Read(ref _fire)?.Invoke();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => Volatile.Write(ref _fire, null);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
