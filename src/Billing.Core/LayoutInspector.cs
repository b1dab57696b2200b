using Billing.Parsing;

namespace Billing;

/// <summary>Looks at a source and proposes a layout.</summary>
public static class LayoutInspector
{
    /// <summary>Reads the first 1,000 rows of <paramref name="source"/>, of its first 4 MiB. Writes nothing.</summary>
    /// <exception cref="SourceFormatException">The source is empty or no text.</exception>
    public static async Task<LayoutProposal> InspectAsync(IBillingSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        SourceSample sample = await SourceSampler.ReadAsync(source, cancellationToken).ConfigureAwait(false);
        (CsvLayout layout, IReadOnlyList<ColumnFinding> columns, IReadOnlyList<string> questions) = LayoutProposer.Propose(sample);
        (int tried, int read, IReadOnlyList<string> warnings) = await LayoutTrial.RunAsync(sample, layout, cancellationToken).ConfigureAwait(false);
        return new LayoutProposal
        {
            Format = sample.Format,
            Layout = layout,
            Columns = columns,
            Questions = questions,
            Warnings = warnings,
            RowsTried = tried,
            RowsRead = read,
        };
    }
}
