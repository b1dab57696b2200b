using System.Security.Cryptography;
using System.Text;
using Billing.Amendments;
using Billing.Currencies;

namespace Billing.Runs;

/// <summary>
/// Releases rows that wait in quarantine for a rate, once the rates of a pipeline have it. Which rates were tried last is kept in the ledger, so that rows
/// are tried once with each set of rates.
/// </summary>
internal static class LateRates
{
    private const string Kind = "rates";
    private const string Tried = "tried";

    /// <summary>Replays the rows that wait, if these rates were not tried yet.</summary>
    /// <param name="settings">The settings, with the rates.</param>
    /// <param name="ended">Told the report of each replay.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The reports of the replays; none if nothing waits.</returns>
    public static async ValueTask<IReadOnlyList<IngestReport>> ReleaseAsync(PipelineSettings settings, Action<IngestReport>? ended, TimeProvider time, Microsoft.Extensions.Logging.ILogger logger, CancellationToken cancellationToken)
    {
        // Rates that are set in code cannot be told apart.
        if (settings.IsDryRun || settings.Sinks[0] is not IAmendableStore ledger || (settings.ExchangeRates as IKeptRates)?.Keep() is not { } kept)
        {
            return [];
        }

        // Which rates were tried could not be kept.
        if (!await ledger.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(kept));
        if (await ledger.FindDocumentAsync(Kind, Tried, cancellationToken).ConfigureAwait(false) is { } tried && tried.Body.Span.SequenceEqual(digest))
        {
            return [];
        }

        List<IngestReport> reports = [];
        QuarantineHeirs heirs = await QuarantineHeirs.LoadAsync(ledger, cancellationToken).ConfigureAwait(false);
        Replay replay = new(settings, ledger, new IngestOptions { RunEnded = ended }, time, logger) { Heirs = heirs };
        foreach (string runId in await WaitingAsync(ledger, heirs, kept, cancellationToken).ConfigureAwait(false))
        {
            reports.AddRange(await replay.RunAsync(new QuarantineQuery { Reason = QuarantineReason.NoRate, RunId = runId }, cancellationToken).ConfigureAwait(false));
        }

        await ledger.PutDocumentAsync(new LedgerDocument(Kind, Tried, digest), cancellationToken).ConfigureAwait(false);
        return reports;
    }

    // The runs whose rows wait, without those that had these rates already.
    private static async ValueTask<IReadOnlyList<string>> WaitingAsync(IAmendableStore ledger, QuarantineHeirs heirs, string rates, CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<string> waiting = [];
        await foreach (QuarantinedRecord waits in ledger.GetAllQuarantineAsync(new QuarantineQuery { Reason = QuarantineReason.NoRate }, cancellationToken).ConfigureAwait(false))
        {
            QuarantinedRecord row = heirs.Of(waits);
            if (seen.Add(row.RunId) && (await ledger.FindRunAsync(row.RunId, cancellationToken).ConfigureAwait(false))?.Settings?.Rates != rates)
            {
                waiting.Add(row.RunId);
            }
        }

        return waiting;
    }
}
