using System.Text.Json;
using Billing.Categories;
using Billing.Currencies;

namespace Billing.Runs;

/// <summary>What the rows of one run are replayed under: what the pipeline or the call was told, and for the rest what that run ran under.</summary>
internal static class ReplaySettings
{
    /// <summary>The settings, the options, and a sentence that says whose settings they are; null where there is nothing to say.</summary>
    /// <exception cref="BillingConfigurationException">What the run ran under cannot be had again, and nothing else was given.</exception>
    public static (PipelineSettings Settings, IngestOptions Options, string? Note) Of(PipelineSettings settings, IngestOptions options, string runId, IngestReport? run)
    {
        if (run?.Settings is not { } kept)
        {
            return (settings, options, $"run {runId} kept no settings; the rows that it quarantined were tried with those of the replay");
        }

        List<string> taken = [];
        SourceLayout layout = SourceLayout.Parse(kept.Layout, $"layout of run {runId}");
        SourceLayout? told = options.Layout ?? (settings.LayoutIsStated ? settings.Layout : null);
        RecordIdentity? identity = options.Identity ?? told?.Identity ?? settings.Identity;
        taken.AddRange(told is null ? ["layout"] : []);
        taken.AddRange(identity is null && layout.Identity is { Kind: not RecordIdentityKind.Content } ? ["identity"] : []);
        options = options with { Layout = told ?? layout with { Identity = null }, Identity = identity ?? layout.Identity };
        if (settings.ExchangeRates is null && (kept.Rates ?? kept.RatesInCode) is not null)
        {
            taken.Add("rates");
            settings = settings with { ExchangeRates = kept.Rates is { } rates ? KeptRates.Restore(rates, runId) : throw InCode(runId, "rates", kept.RatesInCode!, "UseExchangeRates") };
        }

        if (!settings.RulesAreStated && (kept.Rules ?? kept.RulesInCode) is not null)
        {
            taken.Add("rules");
            settings = settings with { Categoriser = kept.RulesInCode is null ? new Categoriser([.. Rules(kept.Rules!, runId)]) : throw InCode(runId, "rules", kept.RulesInCode, "AddCategoryRules, or --rules FILE") };
        }

        if (!settings.ReportingCurrencyIsStated)
        {
            settings = settings with { ReportingCurrency = Currency.Parse(run.ReportingCurrency) };
        }

        return (settings, options, taken.Count == 0 ? null : $"{string.Join(", ", taken)}: as in run {runId}, which quarantined the rows");
    }

    /// <summary>The same for one line of a source that a store may know; what cannot be had again is then as it was given.</summary>
    public static async ValueTask<(PipelineSettings Settings, IngestOptions Options)> OfLineAsync(
        PipelineSettings settings, IngestOptions options, IBillingStore store, string source, long line, CancellationToken cancellationToken)
    {
        Page<BillingRecord> records = await store.QueryAsync(new RecordQuery { SourceName = source, Line = line, PageSize = 1 }, cancellationToken).ConfigureAwait(false);
        Page<QuarantinedRecord> rows = await store.GetQuarantineAsync(new QuarantineQuery { SourceName = source, Line = line, IncludeResolved = true, PageSize = 1 }, cancellationToken).ConfigureAwait(false);
        if ((records.Items is [{ } record, ..] ? record.RunId : rows.Items is [{ } row, ..] ? row.RunId : null) is not { } runId)
        {
            return (settings, options);
        }

        try
        {
            (PipelineSettings under, IngestOptions with, _) = Of(settings, options, runId, await store.FindRunAsync(runId, cancellationToken).ConfigureAwait(false));
            return (under, with);
        }
        catch (BillingConfigurationException)
        {
            // Rates or rules that a program gave.
            return (settings, options);
        }
    }

    private static IEnumerable<CategoryRule> Rules(string rules, string runId)
    {
        using JsonDocument files = JsonDocument.Parse(rules);
        return [.. files.RootElement.EnumerateArray().SelectMany(file => CategoryRules.Parse(file.GetString()!, $"rules of run {runId}").Rules)];
    }

    private static BillingConfigurationException InCode(string runId, string what, string names, string how) =>
        new($"Run {runId} ran under {what} that a program gave ({names}), which a store cannot keep. Give the {what} for the replay ({how}).");
}
