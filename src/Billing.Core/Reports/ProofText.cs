using System.Globalization;

namespace Billing.Reports;

/// <summary>Proofs and stated figures as texts for people.</summary>
internal static class ProofText
{
    public static string Of(IngestProof proof)
    {
        string figures = string.Join(", ", proof.Figures);
        return proof.Outcome switch
        {
            ProofOutcome.Proved => $"proved: {figures}",
            ProofOutcome.Contradicted => $"contradicted: {Contradictions(proof)}",
            _ when figures.Length > 0 => $"unproved: nothing to compare with: {figures}",
            _ => "unproved: no totals were stated",
        };
    }

    /// <summary>What does not come out, and what cannot.</summary>
    public static string Contradictions(IngestProof proof) =>
        string.Join("; ", proof.Figures.Where(figure => figure.IsContradicted).Select(Of).Concat(proof.Problems));

    public static string Of(StatedFigure figure)
    {
        string name = Name(figure);
        string by = figure.Line is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line}, {figure.By}") : figure.By;
        return figure.IsContradicted
            ? $"{name}: stated {figure.Stated}, found {figure.Found}, difference {figure.Difference} ({by})"
            : $"{name} {figure.Stated} ({by})";
    }

    private static string Name(StatedFigure figure)
    {
        string kind = figure.Kind switch
        {
            StatedFigureKind.Rows => "rows",
            StatedFigureKind.Total => "total",
            StatedFigureKind.Opening => "opening",
            StatedFigureKind.Closing => "closing",
            _ => "balance",
        };
        return figure.Currency.Length == 0 ? kind : $"{kind} {figure.Currency}";
    }
}
