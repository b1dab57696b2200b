namespace Billing;

/// <summary>A month compared with the month before, under the same terms.</summary>
public sealed record MonthComparison
{
    /// <summary>The month before.</summary>
    public required BillingMonth Month { get; init; }

    /// <summary>The rows and the money of the month before, in the reporting currency.</summary>
    public required ControlTotals Reporting { get; init; }

    /// <summary>The month less the month before.</summary>
    public required ControlTotals Difference { get; init; }

    /// <summary>Every category of either month, ordered by name.</summary>
    public required IReadOnlyList<MonthCategoryChange> Categories { get; init; }

    /// <summary>The month before and the difference.</summary>
    public override string ToString() => $"{Month}: {Reporting}, difference {Difference}";
}
