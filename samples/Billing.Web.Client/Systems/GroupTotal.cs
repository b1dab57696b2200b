namespace Billing.Web.Client.Systems;

/// <summary>The exact sums of a group, or of all.</summary>
public sealed record GroupTotal
{
    public string? Group { get; init; }

    public required long Count { get; init; }

    /// <summary>By currency, as billed.</summary>
    public required IReadOnlyDictionary<string, ExactSum> Billed { get; init; }

    /// <summary>In the reporting currency.</summary>
    public required IReadOnlyDictionary<string, ExactSum> Reporting { get; init; }
}
