namespace Billing;

/// <summary>What a <see cref="StoreMigration"/> did.</summary>
public sealed record StoreMigrationReport
{
    /// <summary>The most records that <see cref="BecameEqual"/> lists.</summary>
    public const int MostListed = 1_000;

    /// <summary>The records that were read.</summary>
    public long Records { get; init; }

    /// <summary>The records that have another fingerprint now, most of them with another key.</summary>
    public long Changed { get; init; }

    /// <summary>The runs that changed: they say that their records are in the form of today, and what is ignored.</summary>
    public long Runs { get; init; }

    /// <summary>How many records of different runs say the same in the form of today, and were different before: each is one too many, or a lawful repeat. None is taken away.</summary>
    public long BecameEqualRecords { get; init; }

    /// <summary>Those records with the ones that they equal, up to <see cref="MostListed"/>, as they are after the migration.</summary>
    public IReadOnlyList<IReadOnlyList<BillingRecord>> BecameEqual { get; init; } = [];

    /// <summary>The counts, such as <c>10 records, 3 changed, 2 runs, 0 became equal</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records} records, {Changed} changed, {Runs} runs, {BecameEqualRecords} became equal");
}
