using Billing.Console.Arguments;
using Billing.Console.Views;

namespace Billing.Console.Stores;

/// <summary>Finds the one record that an address means.</summary>
internal static class RecordFinder
{
    /// <param name="ledger">The store.</param>
    /// <param name="store">Its address.</param>
    /// <param name="address">The key, or the file and line.</param>
    /// <param name="unchanged">What is told where there is not one, such as: Nothing was removed.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="NotFoundException">The line has no record.</exception>
    /// <exception cref="UsageException">The line has several.</exception>
    public static async Task<RecordKey> KeyAsync(IBillingStore ledger, string store, RecordAddress address, string unchanged, CancellationToken cancellationToken)
    {
        if (address.Key is { } key)
        {
            return key;
        }

        IReadOnlyList<BillingRecord> found = (await ledger.QueryAsync(new RecordQuery { SourceName = address.SourceName, Line = address.Line }, cancellationToken)).Items;
        return found.Count switch
        {
            1 => found[0].Key,
            0 => throw new NotFoundException($"{store} has no record of line {address.Line} of {address.SourceName}. {unchanged}"),
            _ => throw new UsageException($"{address.File}:{address.Line} is not one record: {store} has {Figures.Count(found.Count)} of that source and line. {unchanged} Name one by its key: {string.Join(", ", found.Select(record => record.Key))}"),
        };
    }
}
