namespace Billing;

/// <summary>
/// The seal of a run or an entry: a SHA-256 over the seal before it, its report and all that it stored or changed. docs/seals.md has the texts, so that anyone can compute it again.
/// All hashes are 64 lower-case hexadecimal digits.
/// </summary>
public sealed record LedgerSeal
{
    /// <summary>The number of the seal, from 1, without gaps.</summary>
    public required long Number { get; init; }

    /// <summary>The id of the run or the entry.</summary>
    public required string Of { get; init; }

    /// <summary>Whether it is of a run or of an entry.</summary>
    public required LedgerSealKind Kind { get; init; }

    /// <summary>The SHA-256 of the report or the entry, as JSON.</summary>
    public required string Report { get; init; }

    /// <summary>The SHA-256 over the digests of the records that the run stored, of the rows that it put into quarantine, and of the changes that it or the entry made.</summary>
    public required string Content { get; init; }

    /// <summary>The number of records.</summary>
    public long Records { get; init; }

    /// <summary>The number of rows in quarantine.</summary>
    public long Quarantined { get; init; }

    /// <summary>The number of changes.</summary>
    public long Changes { get; init; }

    /// <summary>The hash of the seal before this one; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The SHA-256 over all of the above.</summary>
    public required string Hash { get; init; }

    /// <summary>The number and what it is of.</summary>
    public override string ToString() => FormattableString.Invariant($"seal {Number} of {Kind.ToString().ToLowerInvariant()} {Of}");
}
