namespace Billing;

/// <summary>The result of a <see cref="StoreMigration"/>.</summary>
public sealed record StoreMigrationReport
{
    /// <summary>The maximum number of records that <see cref="BecameEqual"/> lists.</summary>
    public const int MostListed = 1_000;

    /// <summary>The number of records that were read.</summary>
    public long Records { get; init; }

    /// <summary>The number of records that now have another fingerprint, most of them with another key.</summary>
    public long Changed { get; init; }

    /// <summary>The number of runs that changed: they now say that their records are in the current form, and what is ignored.</summary>
    public long Runs { get; init; }

    /// <summary>The number of records of different runs that say the same in the current form and were different before. Each is one too many or a lawful repeat. None is removed.</summary>
    public long BecameEqualRecords { get; init; }

    /// <summary>Those records, with the ones that they equal, up to <see cref="MostListed"/>, as they are after the migration.</summary>
    public IReadOnlyList<IReadOnlyList<BillingRecord>> BecameEqual { get; init; } = [];

    /// <summary>The counts, such as <c>10 records, 3 changed, 2 runs, 0 became equal</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records} records, {Changed} changed, {Runs} runs, {BecameEqualRecords} became equal");
}
