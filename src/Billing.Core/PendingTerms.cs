namespace Billing;

/// <summary>
/// What a layout says of rows that are pending: authorised, not posted. They are kept in quarantine (<see cref="QuarantineReason.Pending"/>), are no records, and count in no sum. A posted row replaces
/// its pending row by id, or by a match; where it could be several, a person is asked.
/// </summary>
public sealed record PendingTerms
{
    /// <summary>The words of <see cref="SourceLayout.Status"/> that mean pending, in any case.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>The words that mean posted, in any case; an empty string for rows without a word. Rows with any other word are quarantined.</summary>
    public required IReadOnlyList<string> Posted { get; init; }

    /// <summary>The column with the bank's id of the transaction, by header name, or null. Pending rows that have an id are replaced by nothing but a posted row with the same id.</summary>
    public string? Id { get; init; }

    /// <summary>The column in which posted rows have the id of their pending row, by header name; null if it is <see cref="Id"/> too.</summary>
    public string? PostedId { get; init; }

    /// <summary>What a posted row must share with a pending row without an id, or null: such rows are never replaced by themselves.</summary>
    public PendingMatch? Match { get; init; }

    /// <summary>The days after its date in which the posted row of a pending row comes. A row that is still pending later is listed as lapsed. Default 60.</summary>
    public int Days { get; init; } = 60;

    // Lists have no value equality of their own.
    /// <summary>Whether both say the same.</summary>
    public bool Equals(PendingTerms? other) => other is not null
        && Values.SequenceEqual(other.Values, StringComparer.Ordinal) && Posted.SequenceEqual(other.Posted, StringComparer.Ordinal)
        && Id == other.Id && PostedId == other.PostedId && Match == other.Match && Days == other.Days;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Values.Count, Posted.Count, Id, PostedId, Match, Days);

    /// <summary>The words, such as <c>pending: PENDING; posted: POSTED</c>.</summary>
    public override string ToString() => $"pending: {string.Join(", ", Values)}; posted: {string.Join(", ", Posted)}";
}
