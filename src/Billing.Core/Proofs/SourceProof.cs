using Billing.Reading;
using Billing.Rows;
using Billing.Sources;

namespace Billing.Proofs;

/// <summary>Reads a source to its end, by the reader of every run, and compares its rows with what is stated. It stores nothing.</summary>
internal sealed class SourceProof(SourceLayout layout, StatedTotals? expected)
{
    private const string Caller = "caller";

    private readonly ProofTally _tally = new(layout.Balance is { Length: > 0 } column ? $"column '{column.Trim()}'" : null);

    /// <summary>The rows so far.</summary>
    public ControlTotals Read => _tally.Totals;

    /// <summary>Whether the source must be read before the first row is stored.</summary>
    public static bool IsAskedFor(SourceLayout layout, StatedTotals? expected) => expected is { IsEmpty: false } || layout.Balance is { Length: > 0 } || layout.Stated.Count > 0;

    /// <summary>Reads the source and returns its proof.</summary>
    /// <exception cref="SourceFormatException">The source cannot be read at all.</exception>
    public async ValueTask<IngestProof> ReadAsync(string sourceName, OpenedSource source, RecordIdentity identity, int batchRows, int batchBytes, CancellationToken cancellationToken)
    {
        RecordReader reader = await RecordReaders.OpenAsync(sourceName, source.Content, layout, identity, cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            RecycledList<ParsedRow> rows = new();
            bool more;
            do
            {
                rows.Clear();
                more = await reader.ReadAsync(rows, batchRows, batchBytes, cancellationToken).ConfigureAwait(false);
                foreach (ParsedRow row in rows)
                {
                    _tally.Add(row);
                }
            }
            while (more);

            await source.Bytes.DrainAsync(cancellationToken).ConfigureAwait(false);
            return ProofJudge.Judge(_tally, [.. Figures(expected), .. reader.Stated], reader.StatedProblems);
        }
    }

    private static IEnumerable<StatedFigure> Figures(StatedTotals? stated)
    {
        if (stated is null)
        {
            return [];
        }

        string by = stated.Name ?? Caller;
        IEnumerable<StatedFigure> rows = stated.Rows is { } count ? [new StatedFigure { Kind = StatedFigureKind.Rows, Stated = ExactSum.From(count), By = by }] : [];
        return [.. rows, .. Money(StatedFigureKind.Total, stated.Totals), .. Money(StatedFigureKind.Opening, stated.Openings), .. Money(StatedFigureKind.Closing, stated.Closings)];

        IEnumerable<StatedFigure> Money(StatedFigureKind kind, IReadOnlyDictionary<string, ExactSum> figures) => figures
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new StatedFigure { Kind = kind, Currency = StatedText.CodeOf(pair.Key), Stated = pair.Value, By = by });
    }
}
