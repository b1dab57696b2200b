namespace Billing;

/// <summary>
/// A destination for records. A sink retries failures that may pass, then lets the exception escape: when a call returns, its data is durable.
/// Calls of one run come one after another unless <see cref="Concurrency"/> says otherwise; several runs may call at once.
/// </summary>
public interface IBillingSink
{
    /// <summary>The name of the sink in reports and logs. It must not contain secrets.</summary>
    string Name { get; }

    /// <summary>
    /// The number of batches of one run that may be written at once, while its quarantine and report are written too. Batches with a key in common
    /// still come one after another, in the order of the source. Default 1.
    /// </summary>
    int Concurrency => 1;

    /// <summary>Writes records, each once and only once by its key.</summary>
    /// <param name="records">The records. The list can be read until the call has ended; the records in it stay what they are. It may be an <see cref="IRecordBatch"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>One outcome per record, in the same order.</returns>
    ValueTask<IReadOnlyList<WriteOutcome>> WriteAsync(IReadOnlyList<BillingRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Stores records that could not be processed, each once by its key. A record that is already stored stays; while it is open, it takes the latest reason, detail, amount and currency.</summary>
    ValueTask WriteQuarantineAsync(IReadOnlyList<QuarantinedRecord> records, CancellationToken cancellationToken = default);

    /// <summary>Stores the report of a run under the id of the run. It is written when the run begins, after every batch but the last, and when the run ends; each time it replaces the one before.</summary>
    ValueTask WriteRunAsync(IngestReport run, CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns what the sink holds of a run, counted and added up from its own rows: the records with the id of the run. A run is compared with it when it ends.
    /// Null, the default, if that takes reading far more than the run.
    /// </summary>
    /// <param name="run">The run. All its records come from its source.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<RunTotals?> TotalsOfRunAsync(IngestReport run, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<RunTotals?>(cancellationToken) : ValueTask.FromResult<RunTotals?>(null);
}
