namespace Billing.Core.Tests.Fingerprints;

/// <summary>What a golden vector freezes, all in hexadecimal.</summary>
internal sealed record GoldenOutput(
    string Canonical,
    string Fingerprint,
    string ContentKey,
    string ColumnsKey,
    string PositionKey,
    string QuarantineKey)
{
    /// <summary>The key by columns and occurrence, which came with form 2.</summary>
    public string? CountedKey { get; init; }
}
