namespace Billing.Web.Contracts;

/// <summary>How a file is taken: <c>POST /api/uploads/{id}/preview</c> and <c>POST /api/uploads/{id}/import</c>. Every field is optional.</summary>
public sealed record ImportTerms
{
    /// <summary>The layout; null for the column names that Billing knows.</summary>
    public SourceLayout? Layout { get; init; }

    /// <summary>The scope, or null.</summary>
    public string? Scope { get; init; }

    /// <summary>What the sender states: rows, totals, balances.</summary>
    public StatedTotals? Expect { get; init; }

    /// <summary>The scope and the period that the file is the whole of; null where it adds to what is there.</summary>
    public DeliveryTerms? Delivery { get; init; }

    /// <summary>What to do where it differs from earlier files; null warns.</summary>
    public DriftPolicy? Drift { get; init; }

    /// <summary>Whether a file that was taken whole before is read row by row again.</summary>
    public bool Reread { get; init; }
}
