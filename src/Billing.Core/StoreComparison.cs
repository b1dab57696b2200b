using System.Runtime.CompilerServices;
using Billing.Stores;

namespace Billing;

/// <summary>
/// Compares two stores record by record and row by row of their quarantine, in the order that all stores share, page by page.
/// Runs are not compared, nor which of them stored a record: each store has runs of its own. Read it once.
/// </summary>
public sealed class StoreComparison
{
    private static readonly RecordQuery s_records = new();
    private static readonly QuarantineQuery s_quarantine = new() { IncludeResolved = true };

    private readonly IBillingStore _store;
    private readonly IBillingStore _other;

    /// <summary>A comparison of two stores, which stay the caller's.</summary>
    public StoreComparison(IBillingStore store, IBillingStore other)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(other);
        _store = store;
        _other = other;
    }

    /// <summary>The records of the first store that were read so far.</summary>
    public long Records { get; private set; }

    /// <summary>The records of the other store that were read so far.</summary>
    public long OtherRecords { get; private set; }

    /// <summary>What was read so far.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records} records compared with {OtherRecords}");

    /// <summary>The differences, as they are found: records by date and key, then quarantine by source and place.</summary>
    /// <exception cref="BillingException">A store failed, or lists its records in another order than that of stores.</exception>
    public async IAsyncEnumerable<StoreDifference> FindDifferencesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach ((BillingRecord? record, BillingRecord? other) in SideBySide.Join(
            _store.QueryAllAsync(s_records, cancellationToken), _other.QueryAllAsync(s_records, cancellationToken), Storage.RecordPosition.Of).ConfigureAwait(false))
        {
            Records += record is null ? 0 : 1;
            OtherRecords += other is null ? 0 : 1;
            if (await DifferenceAsync(record, other, cancellationToken).ConfigureAwait(false) is { } difference)
            {
                yield return difference;
            }
        }

        await foreach ((QuarantinedRecord? row, QuarantinedRecord? other) in SideBySide.Join(
            _store.GetAllQuarantineAsync(s_quarantine, cancellationToken), _other.GetAllQuarantineAsync(s_quarantine, cancellationToken), Storage.QuarantinePosition.Of).ConfigureAwait(false))
        {
            IReadOnlyList<FieldDifference> fields = row is null || other is null ? [] : QuarantineDifferences.Between(row, other);
            if (row is null || other is null || fields.Count > 0)
            {
                yield return new StoreDifference { Kind = KindOf(row, other), IsQuarantined = true, Key = (row ?? other!).Key, Source = (row ?? other!).Source, Fields = fields };
            }
        }
    }

    private async ValueTask<StoreDifference?> DifferenceAsync(BillingRecord? record, BillingRecord? other, CancellationToken cancellationToken)
    {
        // A key that only one store has at this place may be at another date in the other; that is told once, by the first.
        if (record is null)
        {
            return await _store.FindAsync(other!.Key, cancellationToken).ConfigureAwait(false) is null
                ? new StoreDifference { Kind = StoreDifferenceKind.OnlyInOther, Key = other.Key, Source = other.Source }
                : null;
        }

        other ??= await _other.FindAsync(record.Key, cancellationToken).ConfigureAwait(false);
        if (other is null)
        {
            return new StoreDifference { Kind = StoreDifferenceKind.MissingInOther, Key = record.Key, Source = record.Source };
        }

        IReadOnlyList<FieldDifference> fields = RecordDifferences.Between(record, other);
        return fields.Count == 0 ? null : new StoreDifference { Kind = StoreDifferenceKind.Different, Key = record.Key, Source = record.Source, Fields = fields };
    }

    private static StoreDifferenceKind KindOf(object? one, object? other) =>
        one is null ? StoreDifferenceKind.OnlyInOther : other is null ? StoreDifferenceKind.MissingInOther : StoreDifferenceKind.Different;
}
