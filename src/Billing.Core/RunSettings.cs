namespace Billing;

/// <summary>What a run ran under, by content: kept with the run, so that a replay can go by it.</summary>
public sealed record RunSettings
{
    /// <summary>The layout with the identity that was used, as JSON (docs/layout-file.md).</summary>
    public required string Layout { get; init; }

    /// <summary>Fixed rates as CSV (docs/rates-files.md), or <c>ecb:</c> with the SHA-256 of the file of the European Central Bank, the days that a rate may be old, and the path, by colons. Null where there were none, or <see cref="RatesInCode"/>.</summary>
    public string? Rates { get; init; }

    /// <summary>The rules files, as a JSON list of their texts. Null where there were none.</summary>
    public string? Rules { get; init; }

    /// <summary>The type of rates that a program gave, which cannot be kept; null otherwise.</summary>
    public string? RatesInCode { get; init; }

    /// <summary>The names of rules that a program gave, which cannot be kept, by commas; null where there were none.</summary>
    public string? RulesInCode { get; init; }
}
