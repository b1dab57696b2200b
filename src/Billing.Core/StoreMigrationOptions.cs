namespace Billing;

/// <summary>Options of a <see cref="StoreMigration"/>.</summary>
public sealed record StoreMigrationOptions
{
    /// <summary>Whether to change nothing and only make the report. Default false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The columns that are not part of fingerprints from now on, as in <see cref="SourceLayout.Ignore"/>. Null, the default: records keep their ignored columns, and records of earlier versions get the columns known for running balances.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>The scope whose records are migrated; no run is then marked as being in the current form. For <see cref="Ignore"/>, if one ledger has files of several kinds. Null, the default: all records.</summary>
    public string? Scope { get; init; }

    /// <summary>Receives the totals so far after every completed day.</summary>
    public IProgress<StoreMigrationReport>? Progress { get; init; }

    /// <exception cref="BillingConfigurationException">The scope is blank.</exception>
    internal StoreMigrationOptions Checked()
    {
        BillingConfigurationException.ThrowUnless(Scope is null || !string.IsNullOrWhiteSpace(Scope), nameof(StoreMigrationOptions), nameof(Scope), Scope, "a scope, or null for all");
        return this;
    }

    /// <summary>What was stated, such as <c>dry run, ignore Balance, scope account-1</c>.</summary>
    public override string ToString() => string.Join(", ", ((string?[])[IsDryRun ? "dry run" : "in place", Ignore is null ? null : $"ignore {string.Join(", ", Ignore)}", Scope is null ? null : $"scope {Scope}"]).OfType<string>());
}
