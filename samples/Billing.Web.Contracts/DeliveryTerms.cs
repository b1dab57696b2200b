namespace Billing.Web.Contracts;

/// <summary>A scope and a period that a file is the whole of.</summary>
public sealed record DeliveryTerms
{
    /// <summary>The scope.</summary>
    public string? Scope { get; init; }

    /// <summary>The first day, such as <c>2025-06-01</c>.</summary>
    public string? From { get; init; }

    /// <summary>The last day.</summary>
    public string? To { get; init; }

    /// <summary>The version that the sender states, or null.</summary>
    public string? Version { get; init; }
}
