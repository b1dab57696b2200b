namespace Billing;

/// <summary>What a look at a source proposes: a layout, and how sure it is.</summary>
public sealed record LayoutProposal
{
    /// <summary>How the source is written.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>The layout, every guess stated in it.</summary>
    public required SourceLayout Layout { get; init; }

    /// <summary>The columns with what was found in them, in order.</summary>
    public required IReadOnlyList<ColumnFinding> Columns { get; init; }

    /// <summary>What a person must decide: ambiguous dates, no currency, several amount columns.</summary>
    public required IReadOnlyList<LayoutQuestion> Questions { get; init; }

    /// <summary>What the reader would warn of, such as a repaired header.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The rows that the proposal was tried on, at most 1,000, and how many of them it reads.</summary>
    public required long RowsTried { get; init; }

    /// <summary>How many of the rows tried can be read.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Format, rows and what is left to decide, such as <c>Csv, 9 of 10 rows can be read, 1 question</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Format}, {RowsRead} of {RowsTried} rows can be read, {Questions.Count} {(Questions.Count == 1 ? "question" : "questions")}");
}
