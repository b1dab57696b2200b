using System.Text;
using Billing.Amendments;
using Billing.Stores;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>
/// Tries a row in quarantine again with a text that a person corrected: first as a dry run, then, if the ledger takes it, as a run of its own. What came stays in quarantine as it came.
/// </summary>
internal sealed class Mend(PipelineSettings settings, IBillingStore store, IngestOptions options, TimeProvider time, ILogger logger)
{
    private const int LongestReason = 240;

    /// <exception cref="BillingException">There is no such row, or it cannot be corrected.</exception>
    public async Task<RowMend> RunAsync(RecordKey key, string text, string? reason, CancellationToken cancellationToken)
    {
        if (reason is not null && Encoding.UTF8.GetByteCount(reason) > LongestReason)
        {
            throw new ArgumentException($"The reason has more than {LongestReason} bytes in UTF-8. Use a shorter one.", nameof(reason));
        }

        QuarantinedRecord row = await FindAsync(key, cancellationToken).ConfigureAwait(false);
        QuarantinedRecord corrected = Corrected(row, text);
        IngestReport? run = await store.FindRunAsync(row.RunId, cancellationToken).ConfigureAwait(false);
        (PipelineSettings under, IngestOptions with, string? note) = ReplaySettings.Of(settings, options, row.RunId, run);
        string told = $"the text of {row.Source} was corrected by hand{(string.IsNullOrWhiteSpace(reason) ? "" : ": " + reason.Trim())}{(note is null ? "" : "; " + note)}";
        DryRunLedger ledger = new(store, store.Name);
        RowMend tried = await TryAsync(under with { Sinks = [ledger], Terms = new LedgerTerms(), IsDryRun = true, RunListeners = [] }, ledger, with with { RunEnded = null }, told, corrected, cancellationToken).ConfigureAwait(false);
        return tried.IsTaken ? await TryAsync(under, store, with, told, corrected, cancellationToken).ConfigureAwait(false) : tried;
    }

    private async Task<RowMend> TryAsync(PipelineSettings under, IBillingStore ledger, IngestOptions with, string told, QuarantinedRecord corrected, CancellationToken cancellationToken)
    {
        RowOutcome? outcome = null;
        BillingRecord? record = null;
        ReplayRun run = new(under, ledger, with, told, time, logger)
        {
            Tried = (batch, outcomes) => RowReporter.Tell(
                new IngestOptions
                {
                    RowTraced = (row, trace) =>
                    {
                        outcome = row;
                        record = trace.Record;
                    },
                },
                corrected.Source.Name,
                batch,
                outcomes),
        };
        IngestReport report = await run.RunAsync(corrected.Source.Name, corrected.Scope, corrected.RunId, OneAsync(corrected), cancellationToken).ConfigureAwait(false);
        return new RowMend(outcome ?? throw new InvalidOperationException($"The replay of {corrected.Source} did not say what became of it."), record, report);
    }

    private async ValueTask<QuarantinedRecord> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        QuarantinedRecord row = (await store.GetQuarantineAsync(new QuarantineQuery { Key = key, IncludeResolved = true, PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items is [{ } found, ..]
            ? (await QuarantineHeirs.LoadAsync(store, cancellationToken).ConfigureAwait(false)).Of(found)
            : throw new BillingException($"{store.Name} has no row in quarantine with the key {key}. billing quarantine lists them.");
        string? fault = !row.IsOpen ? $"is closed: {row.Resolution}"
            : row.Reason == QuarantineReason.Pending ? "is pending: it waits for its posted row. Settle or dismiss it"
            : row.Reason == QuarantineReason.UnreadableSource ? "stands for a whole source. Correct the source and ingest it"
            : row.RawLength > row.Raw.Length ? "is not kept whole, because it is too large. Correct it in its source and ingest that"
            : null;
        return fault is null ? row : throw new BillingException($"The row {row.Source} (key {row.Key}) {fault}.");
    }

    // What it says of itself is what a text that is no single row gets.
    private static QuarantinedRecord Corrected(QuarantinedRecord row, string text)
    {
        byte[] raw = Encoding.UTF8.GetBytes(text);
        return new QuarantinedRecord
        {
            Key = row.Key,
            RunId = row.RunId,
            Source = row.Source,
            Scope = row.Scope,
            // A conflict is told by its reason; bytes that could not be decoded are text now.
            Reason = row.Reason == QuarantineReason.Conflict ? row.Reason : row.Format == SourceFormat.Json ? QuarantineReason.BadJson : QuarantineReason.RaggedRow,
            Detail = "The corrected text is not one row of the source. Give one row in the same format, without a line break at its end.",
            Raw = raw,
            RawLength = raw.Length,
            Format = row.Format,
            Header = row.Header,
            Separator = row.Separator,
        };
    }

    private static async IAsyncEnumerable<QuarantinedRecord> OneAsync(QuarantinedRecord row)
    {
        yield return row;
        await Task.CompletedTask.ConfigureAwait(false);
    }
}
