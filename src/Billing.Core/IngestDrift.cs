namespace Billing;

/// <summary>How a source compares with earlier runs of the same kind (docs/drift.md).</summary>
public sealed record IngestDrift
{
    /// <summary>What the run does about it.</summary>
    public required DriftPolicy Policy { get; init; }

    /// <summary>The runs that it is compared with, for people, such as <c>scope DE12, layout bank.layout.json</c>.</summary>
    public required string Series { get; init; }

    /// <summary>The ids of these runs, newest first: at most 12, and none where nothing was compared.</summary>
    public IReadOnlyList<string> Runs { get; init; } = [];

    /// <summary>The name of the source of the newest of them; null if there is none.</summary>
    public string? Source { get; init; }

    /// <summary>What differs.</summary>
    public IReadOnlyList<DriftFinding> Findings { get; init; } = [];

    /// <summary>Why nothing was compared; null if something was.</summary>
    public string? NotCompared { get; init; }

    /// <summary>Whether the run was stopped by what differs, before it stored anything.</summary>
    public bool IsStopped => Policy == DriftPolicy.Stop && Findings.Count > 0;

    /// <summary>What was compared and what differs, in one line for people to read, the same in every culture.</summary>
    public override string ToString() =>
        NotCompared is { } why ? $"drift: nothing was compared: {why}"
        : Findings.Count == 0 ? $"drift: none, {Compared}"
        : $"drift: {string.Join("; ", Findings)} ({Compared})";

    internal string Compared => FormattableString.Invariant($"compared with {Runs.Count} earlier {(Runs.Count == 1 ? "run" : "runs")} of {Series}, the last of {Source}");
}
