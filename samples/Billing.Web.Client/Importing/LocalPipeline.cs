using System.Text;

namespace Billing.Web.Client.Importing;

/// <summary>Runs Billing.Core on a file, in the browser, into a ledger in memory.</summary>
public static class LocalPipeline
{
    private const int BatchRows = 500;
    private const int MostRawBytes = 4096;
    private const int MostRows = 10_000;

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
        List<RowOutcome> outcomes = [];
        MemorySink ledger = new();
        try
        {
            await using ServiceProvider services = new ServiceCollection()
                .AddBilling(billing =>
                {
                    billing.UseReportingCurrency(terms.ReportingCurrency).UseBatchSize(BatchRows).AddSink(ledger);
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
                new IngestOptions { Layout = terms.Layout, Identity = terms.Identity, Scope = terms.Scope, Expect = terms.Expect, Progress = progress, RowDone = outcomes.Add },
                cancellationToken);
            return new LocalPreview(report, report.Proof, await RowsAsync(outcomes, ledger, bytes, terms.Layout, cancellationToken), null);
        }
        catch (IngestFailedException refused)
        {
            return new LocalPreview(refused.Report, refused.Report.Proof, await RowsAsync(outcomes, ledger, bytes, terms.Layout, cancellationToken), refused.Message);
        }
        catch (Exception unreadable) when (unreadable is SourceFormatException or BillingConfigurationException or InvalidDataException)
        {
            return new LocalPreview(null, IngestProof.Unproved, [], unreadable.Message);
        }
    }

    private static async Task<IReadOnlyList<LocalRow>> RowsAsync(List<RowOutcome> outcomes, MemorySink ledger, byte[] bytes, SourceLayout layout, CancellationToken cancellationToken)
    {
        Dictionary<RecordKey, QuarantinedRecord> refused = [];
        QuarantineQuery query = new() { PageSize = MostRows };
        string? next = null;
        do
        {
            Page<QuarantinedRecord> page = await ledger.GetQuarantineAsync(query with { ContinuationToken = next }, cancellationToken);
            foreach (QuarantinedRecord row in page.Items)
            {
                refused[row.Key] = row;
            }

            next = page.ContinuationToken;
        }
        while (next is not null);

        bool isPlain = IsPlainText(bytes, layout);
        List<LocalRow> rows = [];
        for (int i = 0; i < outcomes.Count; i++)
        {
            RowOutcome outcome = outcomes[i];
            QuarantinedRecord? why = outcome.Kind == RowOutcomeKind.Quarantined ? refused.GetValueOrDefault(outcome.Key) : null;
            BillingRecord? record = why is null ? await ledger.FindAsync(outcome.Key, cancellationToken) : null;
            string? raw = why?.RawText ?? (isPlain ? Raw(bytes, outcome.Source.ByteOffset) : null);
            rows.Add(new LocalRow(outcome, record, why, raw));
        }

        return rows;
    }

    // Offsets are those of UTF-8: in a packed file or another encoding they say nothing about these bytes.
    private static bool IsPlainText(byte[] bytes, SourceLayout layout) =>
        layout.Encoding is null or "utf-8" && bytes is not ([0x1f, 0x8b, ..] or [0xff, 0xfe, ..] or [0xfe, 0xff, ..]);

    private static string? Raw(byte[] bytes, long offset)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> rest = bytes.AsSpan((int)offset, (int)Math.Min(MostRawBytes, bytes.Length - offset));
        int end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }
}
