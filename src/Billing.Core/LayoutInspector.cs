using Billing.Inspection;

namespace Billing;

/// <summary>Inspects a source and proposes a layout.</summary>
public static class LayoutInspector
{
    /// <summary>Inspects the first 1,000 rows of <paramref name="source"/>, within its first 4 MiB. Writes nothing.</summary>
    /// <exception cref="SourceFormatException">The source is empty or not text.</exception>
    /// <exception cref="InvalidDataException">The gzip data of the source is damaged or cut off.</exception>
    public static Task<LayoutProposal> InspectAsync(IBillingSource source, CancellationToken cancellationToken = default) =>
        InspectAsync(source, SourceLayout.Default, cancellationToken);

    /// <summary>Inspects a source, starting from a layout: what the layout states is kept and not asked again, and the proposal adds what it leaves open.</summary>
    /// <exception cref="SourceFormatException">The source is empty or not text.</exception>
    /// <exception cref="InvalidDataException">The gzip data of the source is damaged or cut off.</exception>
    /// <exception cref="BillingConfigurationException"><paramref name="layout"/> is invalid or contradicts itself.</exception>
    public static async Task<LayoutProposal> InspectAsync(IBillingSource source, SourceLayout layout, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(layout);
        layout.Validate();
        SourceSample sample = await SourceSampler.ReadAsync(source, layout, cancellationToken).ConfigureAwait(false);
        (SourceLayout proposed, IReadOnlyList<ColumnFinding> columns, IReadOnlyList<LayoutQuestion> questions) = LayoutProposer.Propose(sample);
        (int tried, int read, IReadOnlyList<string> warnings) = await LayoutTrial.RunAsync(sample, proposed, cancellationToken).ConfigureAwait(false);
        return new LayoutProposal
        {
            Format = sample.Format,
            Layout = proposed,
            Columns = columns,
            Questions = questions,
            Warnings = warnings,
            RowsTried = tried,
            RowsRead = read,
        };
    }
}
