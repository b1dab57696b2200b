using Billing.Inspection;

namespace Billing;

/// <summary>Looks at a source and proposes a layout.</summary>
public static class LayoutInspector
{
    /// <summary>Reads the first 1,000 rows of <paramref name="source"/>, of its first 4 MiB. Writes nothing.</summary>
    /// <exception cref="SourceFormatException">The source is empty or no text.</exception>
    public static Task<LayoutProposal> InspectAsync(IBillingSource source, CancellationToken cancellationToken = default) =>
        InspectAsync(source, SourceLayout.Default, cancellationToken);

    /// <summary>Goes on from a layout: what it states is kept and not asked again, and the proposal adds what it leaves open.</summary>
    /// <exception cref="SourceFormatException">The source is empty or no text.</exception>
    /// <exception cref="BillingConfigurationException"><paramref name="layout"/> is impossible or contradicts itself.</exception>
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
