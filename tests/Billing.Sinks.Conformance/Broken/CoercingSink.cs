namespace Billing.Sinks.Conformance.Broken;

/// <summary>INSERT IGNORE into DECIMAL(10,2): a value that does not fit is clamped or rounded, and reported as stored.</summary>
public sealed class CoercingSink : BrokenSink
{
    private const decimal Largest = 99999999.99m;

    /// <inheritdoc/>
    protected override WriteOutcome[] Write(IReadOnlyList<BillingRecord> records) =>
        [.. records.Select(record => WriteOne(Copy(record, record.Key, amount => Math.Round(Math.Clamp(amount, -Largest, Largest), 2))))];
}
