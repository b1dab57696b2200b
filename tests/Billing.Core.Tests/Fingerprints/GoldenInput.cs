namespace Billing.Core.Tests.Fingerprints;

/// <summary>The fields of a golden vector as text; the raw bytes are hexadecimal.</summary>
internal sealed record GoldenInput(
    string Date,
    string? Instant,
    string? Id,
    string? Party,
    string? Account,
    string? Description,
    string Amount,
    string Currency,
    string?[][] Attributes,
    string? Scope,
    string Source,
    long Offset,
    int Occurrence,
    string[] IdValues,
    string Raw,
    long RawLength)
{
    /// <summary>The names of attributes that are ignored; null for none.</summary>
    public string[]? Ignored { get; init; }
}
