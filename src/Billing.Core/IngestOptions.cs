namespace Billing;

/// <summary>The settings of one ingestion that override those of its pipeline. A setting that is null is that of the pipeline.</summary>
public sealed record IngestOptions
{
    /// <summary>The layout of the source.</summary>
    public SourceLayout? Layout { get; init; }

    /// <summary>The identity: what makes a record the same record.</summary>
    public RecordIdentity? Identity { get; init; }

    /// <summary>The scope: whose records the source holds.</summary>
    public string? Scope { get; init; }

    /// <summary>Whether the source is read row by row even if a run has taken the same bytes whole (<see cref="IngestReport.KnownFrom"/>). Default false.</summary>
    public bool Reread { get; init; }

    /// <summary>
    /// What the sender states of the source. It is then read to its end before anything is stored, and read again to store it; if its rows do not come to this,
    /// the run fails with an <see cref="IngestFailedException"/> and nothing of it is stored. Null, the default: nothing. Not used by a replay.
    /// </summary>
    public StatedTotals? Expect { get; init; }

    /// <summary>The scope and the period that the source is the whole of. Null, the default, where it adds to what is there.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary>
    /// What to do where the source differs from what earlier runs of the same kind were like (docs/drift.md). Null, the default: as the pipeline says, else <see cref="DriftPolicy.Warn"/>; but
    /// <see cref="DriftPolicy.Ignore"/> for a source in memory, such as a message. With <see cref="DriftPolicy.Stop"/>, the source is read to its end before anything is stored. Not used by a replay.
    /// </summary>
    public DriftPolicy? Drift { get; init; }

    /// <summary>Receives the progress after every batch, and once when the run is complete. An exception that it throws ends the run; where the run is complete, it only reaches the caller.</summary>
    public IProgress<IngestProgress>? Progress { get; init; }

    /// <summary>
    /// Called with the outcome of each row, once it is durable, in the order of the source; not called by a replay. An exception that it throws ends the run.
    /// For callers that acknowledge rows one by one, such as the messages of a queue.
    /// </summary>
    public Action<RowOutcome>? RowDone { get; init; }

    /// <summary>
    /// Called like <see cref="RowDone"/>, with what the pipeline made of the row too: its text, and the record or why there is none. For lists that show what a source becomes, such as
    /// the preview of a dry run. The trace has no canonical form: <see cref="BillingPipeline.Trace"/> gives that of a record.
    /// </summary>
    public Action<RowOutcome, RecordTrace>? RowTraced { get; init; }

    /// <summary>
    /// Told the report of the run once it has ended, whichever way: completed, failed or cancelled; of each run of a replay, and of each that releases rows which waited for a rate when the ingestion has ended (<see cref="IngestReport.ReplayOf"/>). What it throws is logged and changes
    /// nothing. A run that a store refuses to begin is told as failed. A call that fails before that, because its source cannot be opened or its rates cannot be
    /// fetched, tells nothing.
    /// </summary>
    public Action<IngestReport>? RunEnded { get; init; }

    /// <exception cref="BillingConfigurationException">The scope is blank.</exception>
    internal IngestOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(IngestOptions), nameof(Scope), Scope, "an account or a supplier, or null");
        BillingConfigurationException.ThrowUnless(Delivery is null || Scope is null || Scope == Delivery.Scope, nameof(IngestOptions), nameof(Scope), Scope, "the scope of the delivery, or null");
        BillingConfigurationException.ThrowUnless(Drift is null || Enum.IsDefined(Drift.Value), nameof(IngestOptions), nameof(Drift), Drift, "a policy, or null");
        return Delivery is null ? this : this with { Scope = Delivery.Scope };
    }
}
