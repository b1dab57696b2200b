using Billing.Amendments;
using Billing.Runs;
using Billing.Stores;
using Microsoft.Extensions.Logging;

namespace Billing;

/// <summary>
/// Ingests sources into the ledger: source -> parsing -> currencies -> fingerprints -> categories -> sinks -> report.
/// Read = stored + duplicate + conflict + quarantined, in rows and in money, or the run fails. Several runs may use it at once.
/// </summary>
public sealed class BillingPipeline : IAsyncDisposable, IDisposable
{
    private readonly PipelineSettings _settings;
    private readonly IReadOnlyList<IBillingSink> _owned;
    private readonly TimeProvider _time;
    private readonly ILogger<BillingPipeline> _logger;

    internal BillingPipeline(PipelineSettings settings, IReadOnlyList<IBillingSink> owned, TimeProvider time, ILogger<BillingPipeline> logger)
    {
        _settings = settings;
        _owned = owned;
        _time = time;
        _logger = logger;
    }

    /// <summary>The ledger: the sink that decides, which is the first that was added.</summary>
    public IBillingSink Ledger => _settings.Sinks[0];

    /// <summary>The name, if it has one, and the ledger.</summary>
    public override string ToString() => _settings.Name.Length == 0 ? $"pipeline into {Ledger.Name}" : $"pipeline '{_settings.Name}' into {Ledger.Name}";

    /// <summary>Ingests one source.</summary>
    /// <returns>The report, complete and balanced. Check its quarantined and conflicting rows.</returns>
    /// <exception cref="SourceFormatException">The source cannot be read at all; nothing was stored.</exception>
    /// <exception cref="BillingConfigurationException">An option is wrong, or the ledger has another reporting currency; nothing was stored.</exception>
    /// <exception cref="ExchangeRatesException">The rates could not be fetched from the <see cref="IExchangeRateSource"/>; nothing was read.</exception>
    /// <exception cref="IngestFailedException">The run ended early or does not balance; the report says what was stored. Running it again is safe. Or the source does not come to what is stated of it (<see cref="IngestReport.Proof"/>): nothing of it is stored.</exception>
    /// <exception cref="IngestCanceledException">The run was cancelled. The report says what was stored; it stays stored, and running again is safe. If the call is cancelled before the run begins, it throws an <see cref="OperationCanceledException"/>.</exception>
    public Task<IngestReport> IngestAsync(IBillingSource source, CancellationToken cancellationToken = default) =>
        IngestAsync(source, new IngestOptions(), cancellationToken);

    /// <summary>Ingests one source with options of its own.</summary>
    /// <inheritdoc cref="IngestAsync(IBillingSource, CancellationToken)"/>
    public async Task<IngestReport> IngestAsync(IBillingSource source, IngestOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options = options.Checked();
        PipelineSettings settings = await _settings.WithRatesAsync(cancellationToken).ConfigureAwait(false);
        IngestReport report = await new IngestRun(settings, source, options, _time, _logger).RunAsync(cancellationToken).ConfigureAwait(false);
        return await ReleaseAsync(settings, report, options.RunEnded, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The same pipeline for dry runs: it reports what a run would do, and stores nothing, in no sink. A record is a duplicate or a conflict where the ledger has its key already,
    /// or where an earlier row of these dry runs had it; a ledger that cannot be read (it is not an <see cref="IBillingStore"/>, or has no tables yet) counts as empty.
    /// A SQLite file that is not there is not created. A store of a server or of DynamoDB that may create its tables creates them, and an older SQLite file is upgraded, as by every use.
    /// What only a write can show, such as a record that the store refuses, does not show.
    /// </summary>
    /// <returns>A pipeline that remembers the new keys it has seen, in some 15 MB of memory and, beyond 131,072 keys, in temporary files (90 bytes each); take a new one to forget them. Use it no longer than this one, whose sinks and rates it reads.</returns>
    public BillingPipeline AsDryRun()
    {
        DryRunLedger ledger = new(Ledger as IBillingStore, Ledger.Name);

        // Terms of its own: those of this pipeline would keep the ledger of every dry run, with its keys.
        return new BillingPipeline(_settings with { Sinks = [ledger], Terms = new LedgerTerms(), IsDryRun = true }, [], _time, _logger);
    }

    /// <summary>Replays the open quarantine of the ledger, source by source. It uses the settings that this pipeline and the call state, and for the rest those of the run that quarantined the rows (layout, identity, rates, rules, reporting currency). Rows that pass are stored under the identity that they would have had, and are closed in the quarantine.</summary>
    /// <returns>One report per source, scope and run that quarantined the rows. Each replay is a run; its read rows are the rows that were tried. Where the call fails or is cancelled, <see cref="IngestOptions.RunEnded"/> has told those of the runs that had ended.</returns>
    /// <exception cref="BillingConfigurationException">The ledger cannot be read because it is not an <see cref="IBillingStore"/>; or a setting of the run cannot be restored and no other is stated; or the ledger has another reporting currency.</exception>
    /// <exception cref="IngestFailedException">As for <see cref="IngestAsync(IBillingSource, CancellationToken)"/>.</exception>
    public async Task<IReadOnlyList<IngestReport>> ReplayAsync(QuarantineQuery query, IngestOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(options);
        options = options.Checked();
        IBillingStore store = Ledger as IBillingStore
            ?? throw new BillingConfigurationException($"The ledger {Ledger.Name} cannot be read, so its quarantine cannot be replayed. Use a ledger that is an IBillingStore: it is the first sink that you add.");
        PipelineSettings settings = await _settings.WithRatesAsync(cancellationToken).ConfigureAwait(false);
        return await new Replay(settings, store, options, _time, _logger).RunAsync(query, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Tries one open row of the quarantine again with a text that a person corrected, under the settings of the run that quarantined it, as <see cref="ReplayAsync"/> does. If the ledger takes it,
    /// it is stored under the identity that the corrected row has, and the row is closed; what came stays in quarantine as it came, and the report of the run says that it was corrected. Otherwise
    /// nothing is stored, and the row stays open as it was.
    /// </summary>
    /// <param name="key">The key of the row in quarantine.</param>
    /// <param name="text">The whole row as it should be, in the format of its source, without a line break at its end.</param>
    /// <param name="reason">Why, at most 240 bytes in UTF-8; or null. The report keeps it.</param>
    /// <param name="options">The settings that override those of the run.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="ArgumentException">The text is blank, or the reason is too long.</exception>
    /// <exception cref="BillingException">There is no such row; or it is closed, pending, not kept whole, or stands for a whole source.</exception>
    /// <exception cref="BillingConfigurationException">As for <see cref="ReplayAsync"/>.</exception>
    public async Task<RowMend> MendAsync(RecordKey key, string text, string? reason, IngestOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(options);
        options = options.Checked();
        IBillingStore store = Ledger as IBillingStore
            ?? throw new BillingConfigurationException($"The ledger {Ledger.Name} cannot be read, so no row of its quarantine can be corrected. Use a ledger that is an IBillingStore: it is the first sink that you add.");
        PipelineSettings settings = await _settings.WithRatesAsync(cancellationToken).ConfigureAwait(false);
        return await new Mend(settings, store, options, _time, _logger).RunAsync(key, text, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Releases the rows that wait in quarantine for a rate which the rates of this pipeline have. Every ingestion does the same when it ends, so this is for rates that come without a source. The
    /// rows become what they would have been with the rate from the start.
    /// </summary>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The reports of the replays; none if no row waits, or if these rates were tried before.</returns>
    public async Task<IReadOnlyList<IngestReport>> ReleaseAsync(CancellationToken cancellationToken = default) =>
        await LateRates.ReleaseAsync(await _settings.WithRatesAsync(cancellationToken).ConfigureAwait(false), ended: null, _time, _logger, cancellationToken).ConfigureAwait(false);

    /// <summary>Closes open rows of the quarantine that are not records, or that were handled elsewhere, in the ledger and in the stores that follow it. The rows stay stored, with the reason.</summary>
    /// <exception cref="ArgumentException">The reason is blank, or has more than 240 bytes in UTF-8.</exception>
    /// <exception cref="BillingConfigurationException">The ledger cannot be read because it is not an <see cref="IBillingStore"/>.</exception>
    public async Task DismissQuarantineAsync(IReadOnlyList<RecordKey> keys, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        string resolution = QuarantinedRecord.Dismissed(reason);
        if (Ledger is not IBillingStore)
        {
            throw new BillingConfigurationException($"The ledger {Ledger.Name} cannot be read, so no row of its quarantine can be dismissed. Use a ledger that is an IBillingStore: it is the first sink that you add.");
        }

        foreach (IBillingStore store in _settings.Sinks.Reverse().OfType<IBillingStore>())
        {
            await store.ResolveQuarantineAsync(keys, resolution, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes back a run, or an entry such as a restatement, in the ledger and in all sinks that follow it: they become what they would be without it. What another run delivered
    /// too stays, as that run's. The source can be ingested again. <see cref="LedgerReversal"/> says more.
    /// </summary>
    /// <param name="id">The id of the run or the entry.</param>
    /// <param name="reason">Why, or null.</param>
    /// <param name="cancellationToken">Cancels the reversal; called again, it goes on.</param>
    /// <returns>The entries of the ledger, the one of <paramref name="id"/> last: replays of a run's rows are taken back with it.</returns>
    /// <exception cref="BillingConfigurationException">A sink is not an <see cref="IAmendableStore"/>.</exception>
    /// <exception cref="BillingException">There is none with the id; it was taken back before; or it still runs.</exception>
    public async Task<IReadOnlyList<LedgerEntry>> RevertAsync(string id, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        LedgerReversal[] reversals = [.. _settings.Sinks.Select(sink => new LedgerReversal(
            sink as IBillingStore ?? throw new BillingConfigurationException($"The sink {sink.Name} cannot be read, so nothing can be taken back in it. Use sinks that are {nameof(IAmendableStore)}s."), _time) { Reason = reason })];
        string entryId = TimeOrderedIds.Next(_time.GetUtcNow());
        IReadOnlyList<LedgerEntry> entries = [];

        // The ledger last: if a follower fails, calling it again goes on.
        foreach (LedgerReversal reversal in reversals.Reverse())
        {
            entries = await reversal.RunAsync(id, entryId, cancellationToken).ConfigureAwait(false);
        }

        return entries;
    }

    /// <summary>Checks for each store whether a run could begin: the store answers, its tables exist, and its records are in the current canonical form and in the reporting currency. For health checks.</summary>
    /// <returns>One result per sink that is an <see cref="IBillingStore"/>, that of the ledger first. An exception of a store is in its result.</returns>
    public Task<IReadOnlyList<StoreCheck>> CheckStoresAsync(CancellationToken cancellationToken = default) => StoreChecks.RunAsync(_settings, cancellationToken);

    /// <summary>Reads a source up to one line and returns what the pipeline makes of that line. Writes nothing.</summary>
    /// <returns>The trace, or null if no record starts on that line.</returns>
    /// <exception cref="SourceFormatException">The source cannot be read at all.</exception>
    /// <exception cref="InvalidDataException">The gzip data of the source is damaged or cut off.</exception>
    public Task<RecordTrace?> TraceAsync(IBillingSource source, long line, IngestOptions options, CancellationToken cancellationToken = default) =>
        TraceAsync(source, line, options, Ledger as IBillingStore, cancellationToken);

    /// <summary>Traces a line as above. If a store knows the line, the settings of its run are used for everything that this pipeline and the call do not state: the rates of a stored row need not be given again.</summary>
    /// <inheritdoc cref="TraceAsync(IBillingSource, long, IngestOptions, CancellationToken)"/>
    public async Task<RecordTrace?> TraceAsync(IBillingSource source, long line, IngestOptions options, IBillingStore? store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options = options.Checked();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(line);
        PipelineSettings own = await _settings.WithRatesAsync(cancellationToken).ConfigureAwait(false);
        (PipelineSettings settings, IngestOptions with) = store is null
            ? (own, options)
            : await ReplaySettings.OfLineAsync(own, options, store, source.Name, line, cancellationToken).ConfigureAwait(false);
        return await new SourceTrace(settings, source, with).RunAsync(line, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the trace of a stored record: the record and its canonical form.</summary>
    public static RecordTrace Trace(BillingRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return SourceTrace.Of(record);
    }

    /// <summary>Disposes the sinks that the pipeline created.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_settings.IsDryRun)
        {
            _settings.FetchedRates?.Dispose();
        }

        foreach (IBillingSink sink in _owned)
        {
            if (sink is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                (sink as IDisposable)?.Dispose();
            }
        }
    }

    /// <summary>Disposes the sinks that the pipeline created. Prefer <see cref="DisposeAsync"/>.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // The run has ended and stays as it ended. Rows that could not be released wait for the next one, and the caller is told.
    private async ValueTask<IngestReport> ReleaseAsync(PipelineSettings settings, IngestReport ended, Action<IngestReport>? runEnded, CancellationToken cancellationToken)
    {
        try
        {
            await LateRates.ReleaseAsync(settings, runEnded, _time, _logger, cancellationToken).ConfigureAwait(false);
            return ended;
        }
#pragma warning disable CA1031 // It is logged and in the report that the caller gets, with what to do; the rows stay in quarantine.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.RowsNotReleased(_logger, e, ended.RunId);
            return ended with { Warnings = [.. ended.Warnings, $"rows that wait in quarantine for a rate could not be released: {e.Message} Replay them, with the rules and rates that they need: billing quarantine replay --reason no_rate"] };
        }
    }
}
