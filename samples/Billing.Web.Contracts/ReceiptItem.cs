namespace Billing.Web.Contracts;

/// <summary>A receipt in a list.</summary>
public sealed record ReceiptItem
{
    /// <summary>The SHA-256 of its bytes.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the first upload.</summary>
    public required string FileName { get; init; }

    /// <summary>Its number of bytes.</summary>
    public long Size { get; init; }

    /// <summary>When it was first uploaded.</summary>
    public required DateTimeOffset UploadedAt { get; init; }

    /// <summary>Its flags.</summary>
    public required IReadOnlyList<string> Flags { get; init; }

    /// <summary>Its total, or null.</summary>
    public Money? Amount { get; init; }

    /// <summary>Who gave it, or null.</summary>
    public string? Merchant { get; init; }

    /// <summary>Its date, or null.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The number of uploads.</summary>
    public long Sightings { get; init; }

    /// <summary>When it was uploaded last.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>The name of the last upload.</summary>
    public string? LastName { get; init; }
}
