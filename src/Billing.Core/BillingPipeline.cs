namespace Billing;

/// <summary>Takes sources into the ledger. Safe for several runs at once.</summary>
public sealed class BillingPipeline
{
    /// <summary>The sink that decides.</summary>
    public IBillingSink Ledger => throw new NotImplementedException();

    /// <summary>Ingests one source.</summary>
    /// <returns>The report, complete and balanced; look at its quarantined and conflicting rows.</returns>
    /// <exception cref="SourceFormatException">The source cannot be read at all; nothing was stored.</exception>
    /// <exception cref="IngestFailedException">The run ended early or does not balance; the report says what was stored. Running it again is safe.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was stored stays stored, and running it again is safe.</exception>
    public Task<IngestReport> IngestAsync(IBillingSource source, CancellationToken cancellationToken = default) => IngestAsync(source, new IngestOptions(), cancellationToken);

    /// <summary>Ingests one source with options of its own.</summary>
    /// <inheritdoc cref="IngestAsync(IBillingSource, CancellationToken)"/>
    public Task<IngestReport> IngestAsync(IBillingSource source, IngestOptions options, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Tries the open quarantine of the ledger again, source by source, as layout, rates and rules are now. What passes is stored under the identity it would have had, and its quarantine is resolved.</summary>
    /// <returns>One report per source, as of a run.</returns>
    /// <exception cref="BillingConfigurationException">The ledger cannot be read (it is no <see cref="IBillingStore"/>).</exception>
    public Task<IReadOnlyList<IngestReport>> ReplayAsync(QuarantineQuery query, IngestOptions options, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Reads a source up to one line and tells what the pipeline makes of it. Writes nothing.</summary>
    /// <returns>The trace, or null when no record starts on that line.</returns>
    public Task<RecordTrace?> TraceAsync(IBillingSource source, long line, IngestOptions options, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>The trace of a stored record: its canonical form and the rule that gave its category.</summary>
    public static RecordTrace Trace(BillingRecord record) => throw new NotImplementedException();
}
