namespace Billing;

/// <summary>One difference between a source and earlier runs.</summary>
public sealed record DriftFinding
{
    /// <summary>What differs.</summary>
    public required DriftKind Kind { get; init; }

    /// <summary>What differs, for people, such as <c>total EUR</c>.</summary>
    public required string What { get; init; }

    /// <summary>What it was before.</summary>
    public required string Before { get; init; }

    /// <summary>What it is now.</summary>
    public required string Now { get; init; }

    /// <summary>The finding in one line for people to read, the same in every culture.</summary>
    public override string ToString() => $"{What}: before {Before}, now {Now}";
}
