namespace Billing.Core.Tests.Drifts;

/// <summary>A clock that stands at one moment until it is set.</summary>
internal sealed class MonthClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2025, 1, 2, 6, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
