using Billing.Reports;

namespace Billing;

/// <summary>Whether what the sender states of a source comes out: the part of a report that does not depend on how the rows were read alone.</summary>
public sealed record IngestProof
{
    /// <summary>Nothing was stated.</summary>
    public static IngestProof Unproved { get; } = new();

    /// <summary>Whether the figures come out.</summary>
    public ProofOutcome Outcome { get; init; }

    /// <summary>The figures that were stated, in the order rows, totals, openings, closings, balances. Of a running balance: the last one of each currency, or the first that does not come out.</summary>
    public IReadOnlyList<StatedFigure> Figures { get; init; } = [];

    /// <summary>Why figures cannot come out, such as rows whose amount cannot be read; one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>What the account held before the first row, by currency code; empty if it is not known.</summary>
    public IReadOnlyDictionary<string, ExactSum> Openings { get; init; } = new Dictionary<string, ExactSum>();

    /// <summary>What the account held after the last row, by currency code; empty if it is not known.</summary>
    public IReadOnlyDictionary<string, ExactSum> Closings { get; init; } = new Dictionary<string, ExactSum>();

    /// <summary>The earliest date of a row; null if nothing was stated, or no row has a date.</summary>
    public DateOnly? FirstDate { get; init; }

    /// <summary>The latest date of a row; null as above.</summary>
    public DateOnly? LastDate { get; init; }

    /// <summary>The proof in one line for people to read, such as <c>proved: rows 1200, total EUR 8415.84 (caller)</c>, the same in every culture.</summary>
    public override string ToString() => ProofText.Of(this);
}
