namespace Billing.Sinks.Conformance;

/// <summary>A clock that a test sets. It starts one day from now, so that what a store under test raised on its own clock is due.</summary>
public sealed class SettableTime : TimeProvider
{
    /// <summary>The current time.</summary>
    public DateTimeOffset Now { get; set; } = System.GetUtcNow().AddDays(1);

    public override DateTimeOffset GetUtcNow() => Now;
}
