using Billing.Monthly;

namespace Billing;

/// <summary>
/// Finds amounts of a month that are unlike earlier ones of the same party in the same billing currency: by the modified z-score of Iglewicz and Hoaglin (How to Detect and Handle Outliers, 1993),
/// 0.6745 (x - median) / MAD, beyond 3.5. If the MAD is zero, because more than half of the earlier amounts are equal, (x - median) / (1.253314 MeanAD) with the mean absolute deviation; if that is zero
/// too, every other amount is unusual. Computed in decimals, so the same on every machine.
/// </summary>
public static class UnusualAmounts
{
    /// <summary>The fewest earlier records: 8. A record with fewer is not judged.</summary>
    public const int Fewest = 8;

    /// <summary>The most earlier records that count: the last 500.</summary>
    public const int Most = 500;

    /// <summary>Finds the unusual amounts of a month: a pure function of a ledger and a month. Reads all records up to the end of the month; some 16 bytes of memory for each earlier record of a party that has one in the month.</summary>
    /// <param name="store">The ledger; or a view of it as it was (<see cref="BillingStoreExtensions.AsOfAsync"/>).</param>
    /// <param name="month">The month, by the dates of the records. Earlier is what has an earlier date, or the same date and a smaller key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The unusual amounts, by date, then key. Records without a party, or whose party was erased, are left out.</returns>
    public static ValueTask<IReadOnlyList<UnusualAmount>> FindAsync(IBillingStore store, BillingMonth month, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return new UnusualSearch(store, month).RunAsync(cancellationToken);
    }
}
