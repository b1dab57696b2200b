using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Billing.Fingerprints;
using Billing.Sources;

namespace Billing.Runs;

/// <summary>
/// Tells a source by its SHA-256 if a run has taken the same bytes whole, so that its rows need not be read. It does so only where reading them
/// would give nothing but duplicates: same name, bytes, layout, identity and scope, nothing of it in quarantine or in conflict, nothing removed from the ledger
/// since before that run. Whatever could give another outcome makes other terms, or none.
/// </summary>
internal sealed class KnownSource
{
    // Few reads of large blocks: a read of a file takes a turn of the thread pool.
    private const int BlockBytes = 1 << 20;

    // Another version may read the same bytes differently.
    private static readonly string s_version = typeof(KnownSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    private readonly IKnownSources _known;
    private readonly IBillingStore _ledger;
    private readonly IBillingSource _source;
    private readonly string _terms;
    private readonly bool _mayBeTold;
    private string _mark = "";

    private KnownSource(IKnownSources known, IBillingStore ledger, IBillingSource source, string terms, bool mayBeTold)
    {
        _known = known;
        _ledger = ledger;
        _source = source;
        _terms = terms;
        _mayBeTold = mayBeTold;
    }

    /// <summary>
    /// The source of a run, or null if it must be read and is not remembered: it can be opened only once, the ledger remembers nothing, a follower may lack rows that only reading gives it,
    /// or a requirement depends on code, which may have changed.
    /// </summary>
    public static KnownSource? Of(PipelineSettings settings, IngestOptions options, IBillingSource source, SourceLayout layout, RecordIdentity identity, string? scope)
    {
        if (settings.Sinks is not [IBillingStore ledger and IKnownSources known] || !source.CanReopen || source.Length is not { } length)
        {
            return null;
        }

        RunSettings kept = settings.Keep(layout, identity);
        List<string?> terms = ["known-source-1", s_version, Text((int)CanonicalVersion.Current), source.Name, Text(length), scope, kept.Layout];

        // What is stored keeps its rate and its category, so other rates and rules change nothing; a requirement can refuse a row that is stored.
        if (settings.Rules.Any(rules => rules.Rules.Any(rule => rule.IsRequirement)))
        {
            if (kept.RatesInCode is not null || settings.Rules.Any(rules => rules.Json is null && rules.Rules.Any(rule => rule.IsRequirement)))
            {
                return null;
            }

            terms.AddRange([kept.Rules, kept.Rates, settings.ReportingCurrency.Code, settings.Rounding.ToString()]);
        }

        // Who wants the outcome of each row, states totals, or accepts what differs needs the rows.
        return new KnownSource(known, ledger, source, Digest(terms), !options.Reread && options.RowDone is null && options.Drift is not DriftPolicy.Accept && options.Expect is null or { IsEmpty: true });
    }

    /// <summary>Notes the mark of the ledger, before the first record is written.</summary>
    /// <returns>The run that took the same bytes, or null if the rows must be read.</returns>
    public async ValueTask<IngestReport?> BeginAsync(CancellationToken cancellationToken)
    {
        _mark = await _known.GetMarkAsync(cancellationToken).ConfigureAwait(false);
        return _mayBeTold
            && await _known.FindKnownRunAsync(_terms, cancellationToken).ConfigureAwait(false) is { Sha256: not null } run
            && IsWhole(run)
            && run.Proof.Figures.All(figure => figure.Line is not null)
            && !await MayCorrectAsync(cancellationToken).ConfigureAwait(false)
            && await HashAsync(cancellationToken).ConfigureAwait(false) == run.Sha256
            ? run
            : null;
    }

    /// <summary>Remembers the source, if nothing of it went elsewhere than into the ledger. The run is completed next; until it is, nobody is told of it.</summary>
    public async ValueTask RememberAsync(IngestReport report, CancellationToken cancellationToken)
    {
        if (IsWhole(report))
        {
            await _known.RememberAsync(_terms, report.RunId, _mark, cancellationToken).ConfigureAwait(false);
        }
    }

    // A row in quarantine may be a record under today's rates or rules, and one in conflict may be stored by now.
    private static bool IsWhole(IngestReport run) => run.Quarantined.Rows == 0 && run.Conflict.Rows == 0 && run.RevertedBy is null;

    // Another delivery under this name left rows in quarantine. The rows of this one may correct them.
    private async ValueTask<bool> MayCorrectAsync(CancellationToken cancellationToken) =>
        (await _ledger.GetQuarantineAsync(new QuarantineQuery { SourceName = _source.Name, PageSize = 1 }, cancellationToken).ConfigureAwait(false)).Items.Count > 0;

    private async ValueTask<string?> HashAsync(CancellationToken cancellationToken)
    {
        HashingStream bytes = new(await _source.OpenAsync(cancellationToken).ConfigureAwait(false));
        await using (bytes.ConfigureAwait(false))
        {
            await bytes.DrainAsync(BlockBytes, cancellationToken).ConfigureAwait(false);
            return bytes.Sha256Hex;
        }
    }

    private static string Digest(IEnumerable<string?> terms)
    {
        // Each with its length, so that no two lists are one text.
        string text = string.Concat(terms.Select(term => term is null ? "-;" : string.Create(CultureInfo.InvariantCulture, $"{term.Length}:{term};")));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
