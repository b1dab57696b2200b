namespace Billing;

/// <summary>How a <see cref="StoreMigration"/> goes.</summary>
public sealed record StoreMigrationOptions
{
    /// <summary>Whether nothing is changed, and only the report is made. Default false.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The columns that do not enter fingerprints from now on, as in <see cref="SourceLayout.Ignore"/>. Null, the default: records keep their own, and those of earlier versions get the columns known for running balances.</summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>Only the records of this scope; then no run is marked as being in the form of today. For <see cref="Ignore"/>, where one ledger has files of several kinds. Default null: all.</summary>
    public string? Scope { get; init; }

    /// <summary>Told after every day that is done, with the totals so far.</summary>
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
