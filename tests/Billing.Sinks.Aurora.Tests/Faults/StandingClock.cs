namespace Billing.Sinks.Aurora.Tests.Faults;

/// <summary>A clock by which nobody may wait: a pause between attempts is a failure.</summary>
internal sealed class StandingClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => throw new InvalidOperationException("Nothing is to be waited for here.");
}
