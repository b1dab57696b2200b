namespace Billing.Layouts;

/// <summary>The further columns that do not enter the fingerprint: those that the layout ignores or, if it says nothing, running balances; and the status.</summary>
internal sealed class IgnoredColumns(SourceLayout layout)
{
    /// <summary>Whether the layout names its ignored columns, even if there are none.</summary>
    public bool AreStated => layout.Ignore is not null;

    /// <summary>Whether a column or member of that name is ignored.</summary>
    public bool Has(string name) => IsStatus(name) || (layout.Ignore is { } stated
        ? stated.Any(ignored => ignored.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
        : BalanceHeaders.Knows(name));

    private bool IsStatus(string name) => layout.Status is { Length: > 0 } status && status.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);
}
