namespace Billing.Simulation.Tests.Schedules;

/// <summary>One row of a source: its text without the line break, and what it says; null if it can never be a record.</summary>
internal sealed record SourceRow(string Text, Entry? Entry)
{
    /// <summary>The currency whose rate comes late.</summary>
    public const string LateCurrency = "CHF";

    /// <summary>Whether the row is a record under early or late rates.</summary>
    public bool IsRecord(bool lateRates) => Entry is { } entry && (lateRates || entry.Currency != LateCurrency);
}
