using Billing.Layouts;

namespace Billing.Runs;

/// <summary>
/// Finds an earlier run with the same layout but other ignored columns: rows that are in both files then have two fingerprints and are stored twice.
/// Looks at the newest runs only, and only for layouts that state ignored columns.
/// </summary>
internal static class IgnoredBefore
{
    private const int Runs = 100;

    /// <summary>The warning for the report, or null.</summary>
    public static async ValueTask<string?> WarningAsync(IBillingSink ledger, SourceLayout layout, string? scope, string runId, CancellationToken cancellationToken)
    {
        if (IgnoredBy(layout) is not { } ignored || ledger is not IBillingStore store)
        {
            return null;
        }

        Page<IngestReport> page = await store.GetRunsAsync(new PageRequest { PageSize = Runs }, cancellationToken).ConfigureAwait(false);
        foreach (IngestReport run in page.Items)
        {
            if (run.RunId != runId && run.Scope == scope && run.Stored.Rows > 0 && run.Settings is { } settings
                && SourceLayout.Parse(settings.Layout) is var before && Rest(before) == Rest(layout) && !IsSame(IgnoredBy(before), ignored))
            {
                return $"run {run.RunId} of {run.Source} had the same layout with other ignored columns ({(IgnoredBy(before) is { Count: > 0 } other ? string.Join(", ", other) : "none stated")}); rows that it stored and that are also in this source are stored again. If the files are of the same kind, migrate the store: billing migrate --layout FILE";
            }
        }

        return null;
    }

    private static string Rest(SourceLayout layout) => (layout with { Ignore = null, Identity = null, Status = null, Pending = null }).ToJson();

    // A status is ignored where it is named.
    private static IReadOnlyList<string>? IgnoredBy(SourceLayout layout) => layout.Status is { Length: > 0 } status ? [.. layout.Ignore ?? [], status] : layout.Ignore;

    // Stating what would be ignored anyway changes nothing.
    private static bool IsSame(IReadOnlyList<string>? before, IReadOnlyList<string> now) => before is null
        ? now.Count > 0 && now.All(BalanceHeaders.Knows)
        : before.Select(Plain).ToHashSet(StringComparer.Ordinal).SetEquals(now.Select(Plain));

    private static string Plain(string name) => name.Trim().ToUpperInvariant();
}
