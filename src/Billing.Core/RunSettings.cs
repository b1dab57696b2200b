namespace Billing;

/// <summary>The settings of a run, by content. They are kept with the run, so that a replay can use them.</summary>
public sealed record RunSettings
{
    /// <summary>The layout with the identity that was used, as JSON (docs/layout-file.md).</summary>
    public required string Layout { get; init; }

    /// <summary>Fixed rates as CSV (docs/rates-files.md), or <c>ecb:</c> with the SHA-256 of the file of the European Central Bank, the maximum age of a rate in days, and the path, separated by colons. Null if there were none, or for <see cref="RatesInCode"/>.</summary>
    public string? Rates { get; init; }

    /// <summary>The rules files, as a JSON list of their texts. Null if there were none.</summary>
    public string? Rules { get; init; }

    /// <summary>How converted amounts were rounded; null for runs of earlier versions.</summary>
    public MidpointRounding? Rounding { get; init; }

    /// <summary>The type of rates that were set in code, which cannot be kept; null otherwise.</summary>
    public string? RatesInCode { get; init; }

    /// <summary>The names of rules that were set in code, which cannot be kept, separated by commas; null if there were none.</summary>
    public string? RulesInCode { get; init; }
}
