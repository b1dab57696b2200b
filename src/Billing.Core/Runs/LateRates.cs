using System.Security.Cryptography;
using System.Text;
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
    /// <returns>The reports of the replays; none if nothing waits.</returns>
    public static async ValueTask<IReadOnlyList<IngestReport>> ReleaseAsync(PipelineSettings settings, TimeProvider time, Microsoft.Extensions.Logging.ILogger logger, CancellationToken cancellationToken)
    {
        // Rates that are set in code cannot be told apart.
        if (settings.IsDryRun || settings.Sinks[0] is not IAmendableStore ledger || (settings.ExchangeRates as IKeptRates)?.Keep() is not { } kept)
        {
            return [];
        }

        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(kept));
        if (await ledger.FindDocumentAsync(Kind, Tried, cancellationToken).ConfigureAwait(false) is { } tried && tried.Body.Span.SequenceEqual(digest))
        {
            return [];
        }

        QuarantineQuery waiting = new() { Reason = QuarantineReason.NoRate, PageSize = 1 };
        IReadOnlyList<IngestReport> reports = (await ledger.GetQuarantineAsync(waiting, cancellationToken).ConfigureAwait(false)).Items.Count == 0
            ? []
            : await new Replay(settings, ledger, new IngestOptions(), time, logger).RunAsync(new QuarantineQuery { Reason = QuarantineReason.NoRate }, cancellationToken).ConfigureAwait(false);
        await ledger.PutDocumentAsync(new LedgerDocument(Kind, Tried, digest), cancellationToken).ConfigureAwait(false);
        return reports;
    }
}
