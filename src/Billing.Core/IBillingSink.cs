namespace Billing;

/// <summary>
/// Where records go. A sink retries what may pass and then lets the exception escape: whatever returns is durable.
/// Calls of one run come one after another unless <see cref="Concurrency"/> says otherwise; several runs may call at once.
/// </summary>
public interface IBillingSink
{
    /// <summary>What reports and logs call this sink. No secrets.</summary>
    string Name { get; }

    /// <summary>
    /// How many batches of one run may be written at once, while its quarantine and report are written too. Batches with a key in common
    /// still come one after another, in the order of the source. Default 1.
    /// </summary>
    int Concurrency => 1;

    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <returns>One outcome per record, in the same order.</returns>
    ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Keeps records that could not be processed, each once by its key. One that is kept already stays, and, while it is open, takes the latest reason, detail, amount and currency.</summary>
    ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Keeps the run, under its id: written when it begins, after every batch but the last, and when it ends, each time in place of what was there.</summary>
    ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default);

    /// <summary>
    /// What the sink holds of a run, counted and added up from its own rows: the records that carry the id of the run. A run that ends is compared with it.
    /// Null, the default, where that cannot be had without reading far more than the run.
    /// </summary>
    /// <param name="run">The run; all its records are of its source.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<RunTotals?>(cancellationToken) : ValueTask.FromResult<RunTotals?>(null);
}
