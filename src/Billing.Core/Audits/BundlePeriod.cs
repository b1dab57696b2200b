namespace Billing.Audits;

/// <summary>The dates of the records of a bundle, and what belongs to them.</summary>
internal sealed class BundlePeriod(DateOnly? from, DateOnly? to)
{
    private readonly HashSet<string> _related = new(StringComparer.Ordinal);

    /// <summary>Whether records are left out.</summary>
    public bool IsPartial => from is not null || to is not null;

    public string? FromText => from?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public string? ToText => to?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    public RecordQuery Query { get; } = new() { From = from, To = to, PageSize = 2_000, MostBytes = 4 << 20 };

    /// <summary>The runs and entries of which something is in the bundle, in the order of their ids. Kept only if records are left out.</summary>
    public IEnumerable<string> Related => _related.Order(StringComparer.Ordinal);

    public bool Has(BillingRecord? record) => record is not null && (from is null || record.Date >= from) && (to is null || record.Date <= to);

    /// <summary>Whether rows in quarantine of a run are in the bundle. They have no date that is known.</summary>
    public bool Has(QuarantinedRecord row) => !IsPartial || _related.Contains(row.RunId);

    public void Relate(string id)
    {
        if (IsPartial)
        {
            _related.Add(id);
        }
    }
}
