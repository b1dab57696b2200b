namespace Billing;

/// <summary>
/// A month as it was closed: its report by SHA-256 and totals, and the terms that it was made under, by content. The ledger keeps it as a document, and its SHA-256 in an entry of its own, which
/// is sealed. The first closing of a month has the number 0; each later one is a restatement, 1, 2, ...
/// </summary>
public sealed record MonthClosing
{
    /// <summary>The month.</summary>
    public required BillingMonth Month { get; init; }

    /// <summary>0 for the first closing, then the number of the restatement.</summary>
    public required int Number { get; init; }

    /// <summary>The id of the entry. The month is read as the ledger was when this entry was made.</summary>
    public required string EntryId { get; init; }

    /// <summary>When it was closed.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>Why, in the words of the person who closed it; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>What was open when it was closed all the same (<see cref="MonthClosings.IncludeIncomplete"/>): rows in quarantine, a month that is not over. Usually empty.</summary>
    public IReadOnlyList<string> Incomplete { get; init; } = [];

    /// <summary>The id of the time zone; null if records count by their dates.</summary>
    public string? Zone { get; init; }

    /// <summary>The text of the rules file that gave the categories; null for those that were stored.</summary>
    public string? Rules { get; init; }

    /// <summary>The rates that amounts were stated at, in the form of <see cref="RunSettings.Rates"/>; null for the amounts that were stored.</summary>
    public string? Rates { get; init; }

    /// <summary>How amounts at <see cref="Rates"/> were rounded.</summary>
    public MidpointRounding Rounding { get; init; } = MidpointRounding.ToEven;

    /// <summary>The code of the reporting currency, as in the report.</summary>
    public string? ReportingCurrency { get; init; }

    /// <summary>The rows and the money as invoiced.</summary>
    public required ControlTotals Billed { get; init; }

    /// <summary>The same rows in the reporting currency.</summary>
    public required ControlTotals Reporting { get; init; }

    /// <summary>The difference to the closing before, in the reporting currency; zero for the first.</summary>
    public ControlTotals Difference { get; init; } = ControlTotals.Zero;

    /// <summary>The SHA-256 of the report (<see cref="MonthReport.Sha256"/>).</summary>
    public required string Sha256 { get; init; }

    /// <summary>The SHA-256 of the figures of the report alone: dates, amounts, currencies, rates, runs and keys. It stays when the text of a party is erased.</summary>
    public required string FiguresSha256 { get; init; }

    /// <summary>The ids of the runs whose records the report draws on, in the month and the month before; null if there are more than 10,000.</summary>
    public IReadOnlyList<string>? Runs { get; init; }

    /// <summary>The month and what this closing is, such as <c>2025-06, closed</c> or <c>2025-06, restatement 2</c>.</summary>
    public override string ToString() => Number == 0 ? $"{Month}, closed" : FormattableString.Invariant($"{Month}, restatement {Number}");
}
