namespace Billing.Sinks.Conformance;

/// <summary>A clock that a test puts forward. It begins a day from now: what a store under test raised on its own clock is due.</summary>
public sealed class SettableTime : TimeProvider
{
    /// <summary>The time now.</summary>
    public DateTimeOffset Now { get; set; } = System.GetUtcNow().AddDays(1);

    public override DateTimeOffset GetUtcNow() => Now;
}
