namespace Billing.Web.Contracts;

/// <summary>A proposed layout.</summary>
public sealed record ProposalReply
{
    /// <summary>The format of the file.</summary>
    public required SourceFormat Format { get; init; }

    /// <summary>The layout, with every guess stated in it.</summary>
    public required SourceLayout Layout { get; init; }

    /// <summary>The columns, with what was found in them.</summary>
    public required IReadOnlyList<ColumnFinding> Columns { get; init; }

    /// <summary>What a person must decide.</summary>
    public required IReadOnlyList<QuestionItem> Questions { get; init; }

    /// <summary>What the reader warns of.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>The number of rows that the proposal was tried on.</summary>
    public long RowsTried { get; init; }

    /// <summary>The number of those that can be read.</summary>
    public long RowsRead { get; init; }
}
