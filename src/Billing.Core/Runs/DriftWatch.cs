using Billing.Amendments;
using Billing.Drifts;
using Billing.Sources;
using Microsoft.Extensions.Logging;

namespace Billing.Runs;

/// <summary>Compares a run with earlier ones of its series, and keeps its profile for later ones.</summary>
internal sealed class DriftWatch
{
    private const int MostRuns = 12;

    // The same file may have come several times, and counts once.
    private const int MostListed = 30;

    private readonly IBillingSink _ledger;
    private readonly DriftSeries _series;
    private readonly bool _isStated;
    private bool _keepsNothing;

    private DriftWatch(IBillingSink ledger, DriftSeries series, DriftPolicy policy, bool isStated)
    {
        _ledger = ledger;
        _series = series;
        _isStated = isStated;
        Policy = policy;
    }

    /// <summary>What the run does where something differs.</summary>
    public DriftPolicy Policy { get; }

    /// <summary>What the rows of the run look like.</summary>
    public RunSample Sample { get; } = new();

    /// <summary>The watch of a run, or null if nothing is compared.</summary>
    public static DriftWatch? Of(PipelineSettings settings, IngestOptions options, IBillingSource source, SourceLayout layout, string? scope)
    {
        DriftPolicy? stated = options.Drift ?? settings.Drift;
        DriftPolicy policy = settings.IsFirstReading ? DriftPolicy.Ignore : stated ?? (source is MemorySource ? DriftPolicy.Ignore : DriftPolicy.Warn);
        return policy == DriftPolicy.Ignore ? null : new DriftWatch(settings.Sinks[0], DriftSeries.Of(source.Name, scope, layout), policy, stated is not null);
    }

    /// <summary>Compares a source that was read to its end.</summary>
    /// <param name="read">Its report so far.</param>
    /// <param name="sample">What its rows look like.</param>
    public async ValueTask<IngestDrift> CompareAsync(IngestReport read, RunSample sample, CancellationToken cancellationToken)
    {
        IngestDrift drift = new() { Policy = Policy, Series = _series.Text };
        bool keeps = _ledger switch
        {
            DryRunLedger dry => await dry.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false),
            IAmendableStore store => await store.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false),
            _ => false,
        };
        _keepsNothing = !keeps;
        if (!keeps)
        {
            return drift with { NotCompared = $"{_ledger.Name} keeps no documents, or may not be upgraded, so nothing is known of earlier runs" };
        }

        IReadOnlyList<RunProfile> earlier = await EarlierAsync(read.RunId, cancellationToken).ConfigureAwait(false);
        return earlier.Count == 0
            ? drift with { NotCompared = $"there is no earlier run of {_series.Text}" }
            : drift with { Runs = [.. earlier.Select(run => run.RunId)], Source = earlier[0].Source, Findings = DriftJudge.Judge(ProfileOf(read, sample), earlier, _series.HasScope) };
    }

    /// <summary>Whether the report of the run has it: not where nobody asked and nothing differs.</summary>
    public bool IsTold(IngestDrift drift) => _isStated || drift.Findings.Count > 0;

    /// <summary>What the report warns of.</summary>
    public IEnumerable<string> Warnings(IngestDrift drift, string runId) => drift.Findings.Count == 0
        ? _keepsNothing && _isStated ? [drift.ToString()] : []
        :
        [
            .. drift.Findings.Select(finding => $"drift: {finding}"),
            Policy == DriftPolicy.Accept
                ? $"drift is accepted: later runs of {drift.Series} are compared with this one"
                : $"the source differs from earlier ones ({drift.Compared}). If it is wrong, take the run back: billing revert {runId}. If it is right, run it again with --drift accept (DriftPolicy.Accept), and later runs are compared with it",
        ];

    /// <summary>Why a run that is stopped is stopped.</summary>
    public static string Refusal(string source, IngestDrift drift) =>
        $"{source} differs from earlier runs: {string.Join("; ", drift.Findings)} ({drift.Compared}). Nothing of it is stored. If that is wrong, get the source from its sender again, or correct the layout; if it is right, accept it: --drift accept (DriftPolicy.Accept).";

    /// <summary>
    /// Keeps the profile of a run that was completed. A run most of which went into quarantine is no model for others, unless a person says so. The run has ended, and its report says so: that its
    /// profile cannot be kept does not change it. Later runs are then compared with those before it.
    /// </summary>
    public async ValueTask RememberAsync(IngestReport report, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await RememberAsync(report, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It is logged.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ProfileNotKept(logger, e, report.RunId);
        }
    }

    private async ValueTask RememberAsync(IngestReport report, CancellationToken cancellationToken)
    {
        bool isModel = Policy == DriftPolicy.Accept || 2 * (report.Quarantined.Rows - report.Pending.Rows) <= report.Read.Rows;
        if (isModel && report.Read.Rows > 0 && _ledger is IAmendableStore store && await store.KeepsDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            RunProfile profile = ProfileOf(report, Sample) with { IsAccepted = Policy == DriftPolicy.Accept };
            await store.PutDocumentAsync(ProfileDocuments.Write(_series, profile), cancellationToken).ConfigureAwait(false);
        }
    }

    private static RunProfile ProfileOf(IngestReport report, RunSample sample) => RunProfile.Of(report, sample.IsCsv, sample.Rows, sample.Categorised, sample.Uncategorised);

    // Newest first, as far as one that was accepted.
    private async ValueTask<IReadOnlyList<RunProfile>> EarlierAsync(string runId, CancellationToken cancellationToken)
    {
        DocumentQuery query = new() { Kind = ProfileDocuments.Kind, IdPrefix = ProfileDocuments.PrefixOf(_series), LastFirst = true, PageSize = MostListed };
        Page<LedgerDocument> page = await PageAsync(query, cancellationToken).ConfigureAwait(false);
        bool mayBeReverted = page.Items.Count > 0 && (await PageAsync(new DocumentQuery { Kind = EntryDocuments.Kind, PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items.Count > 0;
        List<RunProfile> earlier = [];
        HashSet<string> files = [];
        foreach (RunProfile profile in page.Items.Select(ProfileDocuments.Read).Where(profile => profile.RunId != runId))
        {
            if (earlier.Count == MostRuns || (mayBeReverted && await IsRevertedAsync(profile.RunId, cancellationToken).ConfigureAwait(false)))
            {
                continue;
            }

            if (profile.Sha256 is null || files.Add(profile.Sha256))
            {
                earlier.Add(profile);
            }

            if (profile.IsAccepted)
            {
                break;
            }
        }

        return earlier;
    }

    private ValueTask<Page<LedgerDocument>> PageAsync(DocumentQuery query, CancellationToken cancellationToken) => _ledger is DryRunLedger dry
        ? dry.GetDocumentsAsync(query, cancellationToken)
        : ((IAmendableStore)_ledger).GetDocumentsAsync(query, cancellationToken);

    private async ValueTask<bool> IsRevertedAsync(string runId, CancellationToken cancellationToken) =>
        (await ((IBillingStore)_ledger).FindRunAsync(runId, cancellationToken).ConfigureAwait(false))?.RevertedBy is not null;
}
