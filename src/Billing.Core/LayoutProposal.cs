namespace Billing;

/// <summary>The result of an inspection: a proposed layout, and how certain it is.</summary>
public sealed record LayoutProposal
{
    /// <summary>The format of the source.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>The proposed layout, with every guess stated in it.</summary>
    public required SourceLayout Layout { get; init; }

    /// <summary>The columns in order, with what was found in them.</summary>
    public required IReadOnlyList<ColumnFinding> Columns { get; init; }

    /// <summary>The questions that a person must decide: ambiguous dates, no currency, several amount columns.</summary>
    public required IReadOnlyList<LayoutQuestion> Questions { get; init; }

    /// <summary>The warnings of the reader, such as a repaired header.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The number of rows that the proposal was tried on, at most 1,000.</summary>
    public required long RowsTried { get; init; }

    /// <summary>The number of those rows that can be read.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Format, rows and what is left to decide, such as <c>Csv, 9 of 10 rows can be read, 1 question</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Format}, {RowsRead} of {RowsTried} rows can be read, {Questions.Count} {(Questions.Count == 1 ? "question" : "questions")}");
}
