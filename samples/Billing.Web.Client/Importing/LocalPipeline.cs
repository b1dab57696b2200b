namespace Billing.Web.Client.Importing;

/// <summary>Runs Billing.Core on a file, in the browser, into a ledger in memory.</summary>
public static class LocalPipeline
{
    private const int BatchRows = 500;

    /// <summary>Inspects a file and proposes a layout, from what is stated already.</summary>
    /// <exception cref="SourceFormatException">The file is empty or not text.</exception>
    /// <exception cref="BillingConfigurationException">The layout contradicts itself.</exception>
    public static Task<LayoutProposal> InspectAsync(string name, byte[] bytes, SourceLayout stated, CancellationToken cancellationToken = default) =>
        LayoutInspector.InspectAsync(new PatientSource(name, bytes), stated, cancellationToken);

    /// <summary>Runs a file through the pipeline.</summary>
    /// <param name="name">The name of the file.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="terms">How it is read.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<LocalPreview> RunAsync(string name, byte[] bytes, LocalTerms terms, IProgress<IngestProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        LocalPreview preview = await TryAsync(name, bytes, terms, progress, cancellationToken);
        if (preview.Proof.Outcome != ProofOutcome.Contradicted)
        {
            return preview;
        }

        // Of a contradicted file nothing is stored. Its rows are shown all the same, so that the fault can be found.
        LocalTerms unstated = terms with { Expect = null, Layout = terms.Layout with { Stated = [], Balance = null } };
        LocalPreview rows = await TryAsync(name, bytes, unstated, progress, cancellationToken);
        return preview with { Rows = rows.Rows };
    }

    private static async Task<LocalPreview> TryAsync(string name, byte[] bytes, LocalTerms terms, IProgress<IngestProgress>? progress, CancellationToken cancellationToken)
    {
        List<LocalRow> rows = [];
        try
        {
            await using ServiceProvider services = new ServiceCollection()
                .AddBilling(billing =>
                {
                    billing.UseReportingCurrency(terms.ReportingCurrency).UseRounding(terms.Rounding).UseBatchSize(BatchRows).AddSink(new MemorySink());
                    if (terms.Rates is not null)
                    {
                        billing.UseExchangeRates(terms.Rates);
                    }

                    if (terms.Rules is not null)
                    {
                        billing.AddCategoryRules(terms.Rules);
                    }
                })
                .BuildServiceProvider();
            IngestReport report = await services.GetRequiredService<BillingPipeline>().IngestAsync(
                new PatientSource(name, bytes),
                new IngestOptions { Layout = terms.Layout, Identity = terms.Identity, Scope = terms.Scope, Expect = terms.Expect, Progress = progress, RowTraced = (outcome, trace) => rows.Add(RowOf(outcome, trace)) },
                cancellationToken);
            return new LocalPreview(report, report.Proof, rows, null);
        }
        catch (IngestFailedException refused)
        {
            return new LocalPreview(refused.Report, refused.Report.Proof, rows, refused.Message);
        }
        catch (Exception unreadable) when (unreadable is SourceFormatException or BillingConfigurationException or InvalidDataException)
        {
            return new LocalPreview(null, IngestProof.Unproved, [], unreadable.Message);
        }
    }

    // A row is shown as it stands, also where another row of its key was stored.
    private static LocalRow RowOf(RowOutcome outcome, RecordTrace trace)
    {
        bool isRefused = outcome.Kind == RowOutcomeKind.Quarantined;
        return new LocalRow(outcome, isRefused ? null : trace.Record, isRefused ? trace.Quarantined : null, trace.RawText?.TrimEnd('\r', '\n'));
    }
}
