using Billing.Categories;
using Billing.Currencies;

namespace Billing.Runs;

/// <summary>Chooses the settings for a replay of the rows of one run: those that the pipeline or the call states, and for the rest those of that run.</summary>
internal static class ReplaySettings
{
    /// <summary>Returns the settings, the options, and a note that says where the settings come from; null if there is nothing to note.</summary>
    /// <exception cref="BillingConfigurationException">A setting of the run cannot be restored, and no other was given.</exception>
    public static (PipelineSettings Settings, IngestOptions Options, string? Note) Of(PipelineSettings settings, IngestOptions options, string runId, IngestReport? run)
    {
        if (run?.Settings is not { } kept)
        {
            return (settings, options, $"run {runId} kept no settings; the rows that it quarantined were tried with the settings of the replay");
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
            settings = settings with { ExchangeRates = kept.Rates is { } keptRates ? KeptRates.Restore(keptRates, runId) : throw InCode(runId, "rates", kept.RatesInCode!, "UseExchangeRates") };
        }

        if (!settings.RulesAreStated && (kept.Rules ?? kept.RulesInCode) is not null)
        {
            taken.Add("rules");
            // The replay is a run of its own, and keeps them too.
            IReadOnlyList<CategoryRules> rules = kept.RulesInCode is null ? KeptRules.Restore(kept.Rules!, runId) : throw InCode(runId, "rules", kept.RulesInCode, "AddCategoryRules, or --rules FILE");
            settings = settings with { Rules = rules, Categoriser = new Categoriser([.. rules.SelectMany(file => file.Rules)]) };
        }

        if (!settings.ReportingCurrencyIsStated)
        {
            settings = settings with { ReportingCurrency = Currency.Parse(run.ReportingCurrency) };
        }

        return (settings, options, taken.Count == 0 ? null : $"{string.Join(", ", taken)}: as in run {runId}, which quarantined the rows");
    }

    /// <summary>Returns the settings for one line of a source that a store may know. If a setting cannot be restored, the given ones are used.</summary>
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
            // Rates or rules that were set in code.
            return (settings, options);
        }
    }

    private static BillingConfigurationException InCode(string runId, string what, string names, string how) =>
        new($"Run {runId} used {what} that were set in code ({names}), which a store cannot keep. Give the {what} for the replay ({how}).");
}
