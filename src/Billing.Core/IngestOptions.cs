namespace Billing;

/// <summary>What one ingestion does otherwise than its pipeline. What is null is as the pipeline says.</summary>
public sealed record IngestOptions
{
    /// <summary>The layout of the source.</summary>
    public SourceLayout? Layout { get; init; }

    /// <summary>What makes a record the same record.</summary>
    public RecordIdentity? Identity { get; init; }

    /// <summary>Whose records the source holds.</summary>
    public string? Scope { get; init; }

    /// <summary>Told after every batch.</summary>
    public IProgress<IngestProgress>? Progress { get; init; }

    /// <summary>
    /// Told what became of each row, once that is durable, in the order of the source; a replay tells nothing. An exception of it ends the run.
    /// For callers who acknowledge rows one by one, such as messages of a queue.
    /// </summary>
    public Action<RowOutcome>? RowDone { get; init; }

    /// <summary>
    /// Told the report of the run once it has ended, whichever way: completed, failed or cancelled; of each run of a replay. What it throws is logged and changes
    /// nothing. A call that fails before a run begins tells nothing.
    /// </summary>
    public Action<IngestReport>? RunEnded { get; init; }

    /// <exception cref="BillingConfigurationException">The scope is blank.</exception>
    internal IngestOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(IngestOptions), nameof(Scope), Scope, "an account or a supplier, or null");
        return this;
    }
}
