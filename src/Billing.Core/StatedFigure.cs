using Billing.Reports;

namespace Billing;

/// <summary>One figure that the sender states of a source, and what the rows come to.</summary>
public sealed record StatedFigure
{
    /// <summary>What it counts.</summary>
    public required StatedFigureKind Kind { get; init; }

    /// <summary>The currency code; empty for a number of rows, and for money where neither the statement nor a row names a currency.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The figure as stated.</summary>
    public required ExactSum Stated { get; init; }

    /// <summary>What the rows come to. Null if the figure was only used to find another one, or if nothing was stated to compare it with.</summary>
    public ExactSum? Found { get; init; }

    /// <summary>Who states it: <c>caller</c>, the name of a file, or the text of the line or the column in the source.</summary>
    public required string By { get; init; }

    /// <summary>The line of the source that states it, from 1; null if it is not stated in the source.</summary>
    public long? Line { get; init; }

    /// <summary><see cref="Found"/> less <see cref="Stated"/>; null if nothing was compared.</summary>
    public ExactSum? Difference => Found - Stated;

    /// <summary>Whether the figure was compared and does not come out.</summary>
    public bool IsContradicted => Found is { } found && found != Stated;

    /// <summary>The figure for people to read, such as <c>total EUR: stated 8415.84, found 8400.84, difference -15 (caller)</c>, the same in every culture.</summary>
    public override string ToString() => ProofText.Of(this);
}
