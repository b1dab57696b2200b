namespace Billing.Web.Contracts;

/// <summary>A row in quarantine. Its bytes are in <c>row.raw</c>, its text in <c>row.rawText</c>.</summary>
public sealed record QuarantineItem
{
    /// <summary>The row.</summary>
    public required QuarantinedRecord Row { get; init; }

    /// <summary>What to do about its reason.</summary>
    public required string Remedy { get; init; }

    /// <summary>Whether its text can be corrected here: it is open, whole, and not pending.</summary>
    public bool IsMendable { get; init; }
}
