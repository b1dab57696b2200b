using System.Runtime.CompilerServices;
using Billing.Stores;

namespace Billing;

/// <summary>
/// Compares two stores, record by record and quarantined row by quarantined row, in the order that all stores share, page by page.
/// Runs are not compared, and neither is which run stored a record: each store has its own runs. Use it once.
/// </summary>
public sealed class StoreComparison
{
    private static readonly RecordQuery s_records = new();
    private static readonly QuarantineQuery s_quarantine = new() { IncludeResolved = true };

    private readonly IBillingStore _store;
    private readonly IBillingStore _other;

    /// <summary>Creates a comparison of two stores. It does not dispose them.</summary>
    public StoreComparison(IBillingStore store, IBillingStore other)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(other);
        _store = store;
        _other = other;
    }

    /// <summary>The number of records of the first store that were read so far.</summary>
    public long Records { get; private set; }

    /// <summary>The number of records of the other store that were read so far.</summary>
    public long OtherRecords { get; private set; }

    /// <summary>The totals of what was read so far.</summary>
    public override string ToString() => FormattableString.Invariant($"{Records} records compared with {OtherRecords}");

    /// <summary>Returns the differences as they are found: records by date and key, then quarantine by source and position.</summary>
    /// <exception cref="BillingException">A store failed, or does not list its records in the order that all stores share.</exception>
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
        // A key that only one store has at this position may have another date in the other store; that is reported once, for the first.
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
